import { newId } from '../platform/domain/id.js';

const shape = /^[\w-]{8,64}$/;

/** The id a caller gave its request by `X-Request-Id`, or a new one: `req_` and a ULID. */
export function requestIdFrom(header: string | string[] | undefined): string {
  return typeof header === 'string' && shape.test(header) ? header : newId('req');
}
