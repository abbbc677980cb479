import { raw } from '@mikro-orm/core';
import { LockMode } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { OutboxEventEntity, StreamHeadEntity } from '../data/outbox.entity.js';
import { newId } from '../domain/id.js';
import { inOrderOfVersions } from './event-order.js';
import type { PublishedEvent } from './stream.js';

const HEAD = 1;

/** The head of the stream with its row locked, so that one relay at a time gives out positions. */
export async function lockStreamHead(em: SqlEntityManager): Promise<StreamHeadEntity> {
  return em.findOneOrFail(StreamHeadEntity, { id: HEAD }, { lockMode: LockMode.PESSIMISTIC_WRITE });
}

/** The stream's numbering and last position. */
export async function readStreamHead(em: SqlEntityManager): Promise<{ epoch: string; lastSeq: number }> {
  return em.findOneOrFail(StreamHeadEntity, { id: HEAD }, { disableIdentityMap: true });
}

/** Makes the stream's head once per database. */
export async function ensureStreamHead(em: SqlEntityManager): Promise<void> {
  if ((await em.count(StreamHeadEntity, { id: HEAD })) > 0) return;
  await em.insert(StreamHeadEntity, { id: HEAD, epoch: newId('ep'), lastSeq: 0 });
}

/** Ids of committed events nobody has seen yet; ids commit out of order, so only the missing position tells. */
export async function listUnpublished(em: SqlEntityManager, limit: number): Promise<string[]> {
  const rows = await em.find(
    OutboxEventEntity,
    { publishedSeq: null },
    { fields: ['id', 'aggregateId', 'aggregateVersion'], orderBy: { id: 'asc' }, limit, disableIdentityMap: true },
  );
  return inOrderOfVersions(rows).map((row) => row.id);
}

/** Gives the events the positions after `lastSeq`, in the order given. */
export async function assignPositions(em: SqlEntityManager, ids: readonly string[], lastSeq: number): Promise<void> {
  const cases = ids.map(() => 'when ? then ?').join(' ');
  const parameters = ids.flatMap((id, index) => [id, lastSeq + index + 1]);
  await em.nativeUpdate(
    OutboxEventEntity,
    { id: { $in: [...ids] } },
    { publishedSeq: raw(`case id ${cases} end`, parameters) },
  );
}

/** Published events after a position, in order. */
export async function listPublished(em: SqlEntityManager, afterSeq: number, limit: number): Promise<PublishedEvent[]> {
  const rows = await em.find(
    OutboxEventEntity,
    { publishedSeq: { $gt: afterSeq } },
    { orderBy: { publishedSeq: 'asc' }, limit, disableIdentityMap: true },
  );
  return rows.map(toPublishedEvent);
}

function toPublishedEvent({ publishedSeq, ...event }: OutboxEventEntity): PublishedEvent {
  return { ...event, seq: Number(publishedSeq) };
}
