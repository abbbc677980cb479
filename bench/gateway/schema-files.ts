import { readFileSync } from 'node:fs';

const folder = new URL('../../../schema/', import.meta.url);

/** The supergraph as text, as it is committed. */
export function supergraphSdl(): string {
  return readFileSync(new URL('supergraph.graphql', folder), 'utf8');
}

/** The public schema as text, as it is committed. */
export function apiSdl(): string {
  return readFileSync(new URL('api.graphql', folder), 'utf8');
}
