import type { IncomingMessage } from 'node:http';

const MAXIMUM_LENGTH = 256;

/** What program a client says it is, shortened and without what cannot be sent on in a header. */
export function userAgentOf({ headers }: IncomingMessage): string {
  return (headers['user-agent'] ?? '')
    .replaceAll(/[^\x20-\x7e]/g, '')
    .slice(0, MAXIMUM_LENGTH)
    .trim();
}
