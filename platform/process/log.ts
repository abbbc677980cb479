import { pino, type Logger } from 'pino';

export type Log = Logger;

/** JSON lines on standard output; secrets are removed by field name wherever they appear. */
export function createLog(level: string): Log {
  return pino({
    level,
    base: undefined,
    redact: {
      paths: ['password', 'token', 'authorization', 'accessToken', 'refreshToken', 'apiKey', '*.password', '*.token', '*.authorization'],
      censor: '[removed]',
    },
  });
}
