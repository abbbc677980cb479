import { pino, type Logger } from 'pino';
import { withoutValues } from '../domain/quoted-values.js';

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

/** What may be told of an error: where it happened and what kind it is; a message that quotes values is left out. */
export function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const message = isQuoting(error) ? {} : { message: wordsOf(error.message) };
  return { type: error.name, code: codeOf(error), ...message, stack: framesOf(error) };
}

/** A copy of an error for where operators look: its words and place, without what a driver or a mail server quotes. */
export function tellableError(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(wordsOf(String(error)));
  const words = isQuoting(error) ? [error.name, codeOf(error)].filter(Boolean).join(' ') : wordsOf(error.message);
  return Object.assign(new Error(words), { stack: `${words}\n${framesOf(error)}` });
}

// Databases quote values in their messages, the system the names of files, mail servers the mail, Redis and Node what
// they were given, the parser of JSON the text, and MikroORM what it cannot store.
function isQuoting(error: Error): boolean {
  return (
    ['sqlMessage', 'sql', 'errno', 'responseCode', 'command'].some((name) => name in error) ||
    String(codeOf(error)).startsWith('ERR_') ||
    ['SyntaxError', 'ValidationError'].includes(error.name)
  );
}

function codeOf(error: Error): unknown {
  const answered = 'responseCode' in error ? ` ${String(error.responseCode)}` : '';
  return 'code' in error ? `${String(error.code)}${answered}` : undefined;
}

// The message stands in the stack as well, and a line of it may look like a frame.
function framesOf({ stack = '', message }: Error): string {
  return stack
    .replaceAll(message, '')
    .split('\n')
    .filter((line) => line.startsWith('    at '))
    .join('\n');
}

function wordsOf(text: string): string {
  return withoutValues(text).replaceAll(MAIL_ADDRESS, '[address]');
}
