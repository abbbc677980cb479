import { LockMode } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { fetchPage } from '../../../platform/data/keyset-page.js';
import { tenantScope } from '../../../platform/data/tenant-scope.js';
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

/** The client behind a key, or null; for the gateway. */
export function findApiClientByKey(em: SqlEntityManager, apiKey: string): Promise<ApiClientEntity | null> {
  return em.findOne(ApiClientEntity, { keyHash: hashToken(apiKey) });
}

function visibleApiClients(viewer: Viewer) {
  return tenantScope(viewer, 'api-clients.manage');
}
