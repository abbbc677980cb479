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

// Bounded, so that a long text without one is not searched over and over; a full stop behind it belongs to the sentence.
const MAIL_ADDRESS = /[^\s<>()[\]"',;:@]{1,64}@[^\s<>()[\]"',;:@]{0,254}[^\s<>()[\]"',;:@.]/g;

/** What may be told of an error: where it happened and what kind it is; a driver's message is left out, because it quotes the values. */
export function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const message = isFromDriver(error) ? {} : { message: withoutAddresses(error.message) };
  return { type: error.name, code: codeOf(error), ...message, stack: framesOf(error) };
}

/** A copy of an error for where operators look: its words and place, without what a driver or a mail server quotes. */
export function tellableError(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(withoutAddresses(String(error)));
  const words = isFromDriver(error)
    ? [error.name, codeOf(error)].filter(Boolean).join(' ')
    : withoutAddresses(error.message);
  return Object.assign(new Error(words), { stack: `${words}\n${framesOf(error)}` });
}

// Databases quote the values in their messages, and so does the system with names of files.
function isFromDriver(error: Error): boolean {
  return 'sqlMessage' in error || 'sql' in error || 'errno' in error || codeOf(error) === 'ERR_SQLITE_ERROR';
}

function codeOf(error: Error): unknown {
  return 'code' in error ? error.code : undefined;
}

function framesOf({ stack = '' }: Error): string {
  return stack
    .split('\n')
    .filter((line) => line.startsWith('    at '))
    .join('\n');
}

function withoutAddresses(text: string): string {
  return text.replaceAll(MAIL_ADDRESS, '[address]');
}
