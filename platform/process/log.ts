import { pino, type Logger } from 'pino';

export type Log = Logger;

/** JSON lines on standard output; secrets are removed by field name, and values from what databases say of their errors. */
export function createLog(level: string): Log {
  return pino({
    level,
    base: undefined,
    serializers: { err: describeError },
    redact: {
      paths: [
        'password',
        'token',
        'authorization',
        'accessToken',
        'refreshToken',
        'apiKey',
        '*.password',
        '*.token',
        '*.authorization',
      ],
      censor: '[removed]',
    },
  });
}

/** What may be told of an error: where it happened and what kind it is; a driver's message is left out, because it quotes the values. */
export function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const code = 'code' in error ? error.code : undefined;
  const isFromDriver = 'sqlMessage' in error || 'sql' in error || 'errno' in error || code === 'ERR_SQLITE_ERROR';
  const frames = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
  return { type: error.name, code, ...(isFromDriver ? {} : { message: error.message }), stack: frames.join('\n') };
}
