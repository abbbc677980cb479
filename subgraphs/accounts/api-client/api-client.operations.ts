import { randomBytes } from 'node:crypto';
import type { Context } from '../../../platform/context.js';
import { record } from '../../../platform/data/outbox.js';
import { BadUserInput } from '../../../platform/domain/errors.js';
import { newId } from '../../../platform/domain/id.js';
import { requireText } from '../../../platform/domain/text.js';
import { requirePermission } from '../../../platform/domain/viewer.js';
import { getBrand } from '../brand/brand.queries.js';
import { getOutlet } from '../outlet/outlet.queries.js';
import { roleTemplates } from '../role/role.templates.js';
import { hashToken } from '../session/session.tokens.js';
import { ApiClientEntity } from './api-client.entity.js';
import { apiClientChanged } from './api-client.events.js';
import { lockApiClient } from './api-client.queries.js';

/** What a new API client is. */
export interface CreateApiClient {
  readonly brandId: string;
  readonly outletId?: string | null;
  readonly name: string;
  readonly documentIds: readonly string[];
}

/** Makes an API client and its key, which is shown this once and never stored. */
export function createApiClient(
  { viewer, unitOfWork, clock }: Context,
  command: CreateApiClient,
): Promise<{ apiClient: ApiClientEntity; apiKey: string }> {
  const name = requireText(command.name, { field: ['name'], maximum: 120 });
  const documentIds = command.documentIds.map(requireDocumentId);
  return unitOfWork(async (em) => {
    const brand = await getBrand(em, viewer, command.brandId);
    const outlet = command.outletId ? await getOutlet(em, viewer, command.outletId) : null;
    const place = { brandId: brand.id, outletId: outlet?.id ?? null };
    requirePermission(viewer, 'api-clients.manage', place);
    // A key acts as an integrator: nobody gives away by it what they do not hold.
    for (const slug of roleTemplates.INTEGRATOR) requirePermission(viewer, slug, place);
    if (outlet && outlet.brandId !== brand.id)
      throw new BadUserInput('The outlet is not one of the brand.', ['outletId']);
    const apiKey = `twk_${randomBytes(32).toString('base64url')}`;
    const facts = {
      ...place,
      name,
      documentIds,
      keyHash: hashToken(apiKey),
      isActive: true,
      version: 1,
      createdAt: clock.now(),
    };
    const apiClient = em.create(ApiClientEntity, { id: newId('api'), ...facts });
    em.persist(apiClient);
    record(em, apiClientChanged(apiClient));
    return { apiClient, apiKey };
  });
}

/** Ends an API client at once; ending it again changes nothing. */
export function revokeApiClient({ viewer, unitOfWork }: Context, command: { id: string }): Promise<ApiClientEntity> {
  return unitOfWork(async (em) => {
    const client = await lockApiClient(em, viewer, command.id);
    requirePermission(viewer, 'api-clients.manage', client);
    if (client.isActive) record(em, apiClientChanged(client));
    client.isActive = false;
    return client;
  });
}

function requireDocumentId(id: string): string {
  if (!/^sha256:[0-9a-f]{64}$/.test(id))
    throw new BadUserInput('A document id is "sha256:" and 64 hex digits.', ['documentIds']);
  return id;
}
