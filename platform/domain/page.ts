import { BadUserInput } from './errors.js';

/** Rows on a page when the client does not say. */
export const defaultPageSize = 25;
/** The most rows a page may have; more is refused, not clamped. */
export const maximumPageSize = 100;

/** Which part of a list is asked for: at most `first` rows after the cursor. */
export interface PageRequest {
  readonly first: number;
  readonly after: string | null;
}

/** A part of a list with the cursors to continue from. */
export interface Page<Row> {
  readonly edges: readonly { readonly cursor: string; readonly node: Row }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

/** Checks the arguments of a connection; throws BAD_USER_INPUT outside 1..100. */
export function pageRequest(first: number | null | undefined, after: string | null | undefined): PageRequest {
  const size = first ?? defaultPageSize;
  if (!Number.isInteger(size) || size < 1 || size > maximumPageSize) {
    throw new BadUserInput(`"first" must be between 1 and ${maximumPageSize}.`, ['first']);
  }
  return { first: size, after: after ?? null };
}

/** The cursor of a row: its sort values, opaque to clients. */
export function encodeCursor(values: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

/** Reads a cursor back into its sort values; throws BAD_USER_INPUT for anything this API did not hand out. */
export function decodeCursor(cursor: string, length: number): (string | number)[] {
  const values = parseCursor(cursor);
  const isOurs = Array.isArray(values) && values.length === length && values.every(isSortValue);
  if (!isOurs) throw new BadUserInput('The cursor is not one this list handed out.', ['after']);
  return values;
}

function parseCursor(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch (cause) {
    throw new BadUserInput(
      `The cursor is not one this list handed out (${cause instanceof Error ? cause.name : 'unreadable'}).`,
      ['after'],
    );
  }
}

function isSortValue(value: unknown): value is string | number {
  return typeof value === 'string' || Number.isFinite(value);
}
