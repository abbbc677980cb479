import { LockMode } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { fetchPage } from '../../../platform/data/keyset-page.js';
import { inOrderOf } from '../../../platform/data/rows.js';
import { narrowed, tenantScope, unscoped } from '../../../platform/data/tenant-scope.js';
import { notFound } from '../../../platform/domain/errors.js';
import type { Page, PageRequest } from '../../../platform/domain/page.js';
import type { Viewer } from '../../../platform/domain/viewer.js';
import { hashToken } from '../session/session.tokens.js';
import { ApiClientEntity } from './api-client.entity.js';

/** API clients the viewer manages, by when they were made. */
export function listApiClients(
  em: SqlEntityManager,
  viewer: Viewer,
  page: PageRequest,
): Promise<Page<ApiClientEntity>> {
  return fetchPage(em, ApiClientEntity, { where: [visibleApiClients(viewer)], sort: [['id', 'asc']], page });
}

/** One API client the viewer manages, with its row locked; NOT_FOUND otherwise. */
export async function lockApiClient(em: SqlEntityManager, viewer: Viewer, id: string): Promise<ApiClientEntity> {
  const client = await em.findOne(
    ApiClientEntity,
    { $and: [visibleApiClients(viewer), { id }] },
    { lockMode: LockMode.PESSIMISTIC_WRITE },
  );
  if (!client) throw notFound('The API client');
  return client;
}

/** API clients by id in the order asked; null where one is missing or not the viewer's to manage. */
export async function loadApiClients(
  em: SqlEntityManager,
  viewer: Viewer,
  ids: readonly string[],
): Promise<(ApiClientEntity | null)[]> {
  const rows = await em.find(ApiClientEntity, { $and: [visibleApiClients(viewer), { id: { $in: [...ids] } }] });
  return inOrderOf(ids, rows, (client) => client.id);
}

/** The client behind a key, or null; for the gateway. */
export function findApiClientByKey(em: SqlEntityManager, apiKey: string): Promise<ApiClientEntity | null> {
  return em.findOne(ApiClientEntity, narrowed(unscoped('A key says whose it is.'), { keyHash: hashToken(apiKey) }));
}

function visibleApiClients(viewer: Viewer) {
  return tenantScope(viewer, 'api-clients.manage');
}
