import { UniqueConstraintViolationException } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { createHash } from 'node:crypto';
import { DomainError } from '../domain/errors.js';
import type { Viewer } from '../domain/viewer.js';
import { IdempotencyKeyEntity } from './idempotency.entity.js';
import { RunAgain } from './unit-of-work.js';

/** A write that has an effect once, however often it is sent under its key. */
export interface KeyedRequest {
  readonly viewer: Viewer;
  /** The mutation's name; the same key may be used for another mutation. */
  readonly operation: string;
  readonly key: string;
  /** Everything that decides the effect; compared with the first request's. */
  readonly input: unknown;
  readonly now: Date;
}

/** The one key of a request: from the argument or the `Idempotency-Key` header, required, and equal where both are given. */
export function requireIdempotencyKey(argument: string | null | undefined, header: string | null): string {
  if (argument && header && argument !== header) {
    throw new DomainError('INVALID_INPUT', 'The argument and the Idempotency-Key header disagree; send one of them.', [
      'idempotencyKey',
    ]);
  }
  const key = argument ?? header;
  if (!key)
    throw new DomainError(
      'IDEMPOTENCY_KEY_REQUIRED',
      'Send an idempotencyKey, so that a repeated request has one effect.',
      ['idempotencyKey'],
    );
  if (key.length > 128)
    throw new DomainError('INVALID_INPUT', 'An idempotency key has at most 128 characters.', ['idempotencyKey']);
  return key;
}

/** Returns the id the first request under this key produced, running `work` only if there was none; another input under the key is refused. */
export async function once(em: SqlEntityManager, request: KeyedRequest, work: () => Promise<string>): Promise<string> {
  const id = sha256([request.viewer.kind, request.viewer.id, request.operation, request.key]);
  const requestHash = sha256(request.input);
  const earlier = await em.findOne(IdempotencyKeyEntity, { id });
  if (earlier) return replay(earlier, requestHash);
  await claim(em, { id, requestHash, resultId: '', createdAt: request.now });
  const resultId = await work();
  await em.nativeUpdate(IdempotencyKeyEntity, { id }, { resultId });
  return resultId;
}

function replay(earlier: IdempotencyKeyEntity, requestHash: string): string {
  if (earlier.requestHash === requestHash) return earlier.resultId;
  throw new DomainError('IDEMPOTENCY_KEY_REUSED', 'This key was used for a different request; choose a new one.', [
    'idempotencyKey',
  ]);
}

// The insert waits for a transaction that holds the same key; if that one commits, this one starts again and finds its result.
async function claim(
  em: SqlEntityManager,
  row: { id: string; requestHash: string; resultId: string; createdAt: Date },
): Promise<void> {
  try {
    await em.insert(IdempotencyKeyEntity, row);
  } catch (error) {
    throw error instanceof UniqueConstraintViolationException ? new RunAgain() : error;
  }
}

function sha256(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}
