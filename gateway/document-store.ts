import { createHash } from 'node:crypto';
import { GraphQLError, parse, specifiedRules, validate, type DocumentNode, type GraphQLSchema } from 'graphql';
import { BoundedMap } from './bounded-map.js';
import type { ErrorCode } from './error-codes.js';
import { limitRules, parseOptions } from './limits.js';
import { Refusal } from './refusal.js';

/** A document that keeps within the limits and is valid against the public schema. */
export interface PreparedDocument {
  readonly text: string;
  readonly document: DocumentNode;
}

// Ten million characters of texts hold some 10,000 usual documents.
const maxCharacters = 10_000_000;

/** Documents parsed and validated once, for both transports. */
export class DocumentStore {
  readonly #prepared = new BoundedMap<PreparedDocument>(maxCharacters);

  constructor(readonly schema: GraphQLSchema) {}

  /** The document of a text; throws a Refusal with every mistake in it. */
  prepare(text: string): PreparedDocument {
    const hash = sha256(text);
    const known = this.#prepared.get(hash);
    if (known) return known;
    const document = parsed(text);
    for (const rules of [limitRules, specifiedRules]) {
      const errors = validate(this.schema, document, rules, { hideSuggestions: true });
      if (errors.length > 0) throw refused(errors, 'GRAPHQL_VALIDATION_FAILED');
    }
    const prepared = { text, document };
    this.#prepared.set(hash, prepared, text.length);
    return prepared;
  }

  /** The document of a text prepared before, by the text's SHA-256. */
  find(hash: string): DocumentNode | undefined {
    return this.#prepared.get(hash)?.document;
  }
}

/** The SHA-256 of a text in hexadecimal, which names a registered document. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function parsed(text: string): DocumentNode {
  try {
    return parse(text, parseOptions);
  } catch (error) {
    if (error instanceof GraphQLError) throw refused([error], 'GRAPHQL_PARSE_FAILED');
    throw error;
  }
}

function refused(errors: readonly GraphQLError[], code: ErrorCode): Refusal {
  const coded = errors.map(
    ({ message, nodes, source, positions }) =>
      new GraphQLError(message, { nodes, source, positions, extensions: { code } }),
  );
  return new Refusal(400, coded);
}
