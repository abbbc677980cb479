import { ConfigError } from './config.js';
import { describeError, tellableError } from './log.js';

/**
 * Runs what starts a process; a failure becomes lines that say what is wrong and how to mend it, and exit code 1. So does
 * a failure afterwards that nobody catches: Node itself would print all that the error carries, statements with their values included.
 */
export async function exitOnFailure(start: () => Promise<void>): Promise<void> {
  process.on('uncaughtException', (error) => {
    process.stderr.write(`Nobody caught a failure: ${JSON.stringify(describeError(error))}\n`);
    process.exit(1);
  });
  try {
    await start();
  } catch (error) {
    for (const line of explain(error)) process.stderr.write(`${line}\n`);
    process.exit(1);
  }
}

/** What a person needs to know about why a process could not start; one line a problem, no stack. */
export function explain(error: unknown): readonly string[] {
  if (error instanceof ConfigError) return error.problems;
  const { code, message, address } = describe(error);
  switch (code) {
    case 'EADDRINUSE':
      return [`The port is taken${address}: stop what listens there, or choose another with PORT.`];
    case 'EACCES':
    case 'EEXIST':
    case 'EPERM':
    case 'EROFS':
    case 'ENOTDIR':
    case 'ERR_SQLITE_ERROR':
      return [`The data folder cannot be written: ${message}. Choose another with DATA_DIR, or change its rights.`];
    case 'ECONNREFUSED':
    case 'ENOTFOUND':
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
      return [`The database at DATABASE_URL cannot be reached${address} (${code}): start it, or correct the URL.`];
    case 'ER_ACCESS_DENIED_ERROR':
    case 'ER_DBACCESS_DENIED_ERROR':
      return ['The database refused the name or password in DATABASE_URL: correct them, or grant the user its rights.'];
    default:
      return [message];
  }
}

// Libraries wrap what the system said; the innermost code is the one that tells.
function describe(error: unknown): { code: string; message: string; address: string } {
  const causes = [...causesOf(error)];
  const coded = causes.findLast((cause) => 'code' in cause && typeof cause.code === 'string');
  const message = wordsOf(coded ?? causes[0] ?? error);
  const code = coded && 'code' in coded ? String(coded.code) : '';
  const address =
    coded && 'address' in coded && 'port' in coded ? ` (${String(coded.address)}:${String(coded.port)})` : '';
  return { code, message: message.split('\n', 1)[0] ?? '', address };
}

// A database's own words may quote what it holds; the system's tell which file or port it is about.
function wordsOf(error: unknown): string {
  const isOfDatabase = error instanceof Error && ('sqlMessage' in error || 'sqlState' in error);
  return isOfDatabase || !(error instanceof Error) ? tellableError(error).message : error.message;
}

function* causesOf(error: unknown): Generator<Error> {
  let current = error;
  for (let depth = 0; current instanceof Error && depth < 8; depth += 1) {
    yield current;
    const inner: unknown = current instanceof AggregateError ? current.errors[0] : current.cause;
    current = inner ?? ('previous' in current ? current.previous : undefined);
  }
}
