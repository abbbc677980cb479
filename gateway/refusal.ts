import { GraphQLError } from 'graphql';
import type { ErrorCode } from './error-codes.js';

/** A request that is answered before anything runs: the errors to show and the HTTP status to show them with. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly errors: readonly GraphQLError[],
  ) {
    super(errors.map((error) => error.message).join(' '));
    this.name = 'Refusal';
  }

  /** The code of its first reason. */
  get code(): string {
    return String(this.errors[0]?.extensions['code']);
  }
}

/** A refusal with one reason. */
export function refuse(status: number, code: ErrorCode, message: string): Refusal {
  return new Refusal(status, [new GraphQLError(message, { extensions: { code } })]);
}
