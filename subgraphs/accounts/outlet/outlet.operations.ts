import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Context } from '../../../platform/context.js';
import { record } from '../../../platform/data/outbox.js';
import { newId } from '../../../platform/domain/id.js';
import { optionalText, requireText } from '../../../platform/domain/text.js';
import { requireVersion } from '../../../platform/domain/version.js';
import { requirePermission } from '../../../platform/domain/viewer.js';
import type { BrandEntity } from '../brand/brand.entity.js';
import { lockBrand } from '../brand/brand.queries.js';
import { changedDetails, type StatedDetails } from './outlet-change.rules.js';
import { OutletEntity } from './outlet.entity.js';
import { outletSaved } from './outlet.events.js';
import { lockOutlet } from './outlet.queries.js';
import { requireCurrency, requireCutOff, requireTimeZone } from './outlet.rules.js';

/** What a new outlet is. */
export interface CreateOutlet extends StatedDetails {
  readonly brandId: string;
  readonly name: string;
  readonly city?: string | null;
  readonly currency: string;
  readonly timeZone: string;
  readonly cutOff: string;
}

/** Opens an outlet in a brand. Its currency stays as it is: orders are kept in it. */
export function createOutlet(context: Context, command: CreateOutlet): Promise<OutletEntity> {
  const { viewer, unitOfWork } = context;
  const details = changedDetails(null, command);
  const facts = {
    name: requireText(command.name, { field: ['name'], maximum: 120 }),
    city: details?.address ? details.address.city : optionalText(command.city, { field: ['city'], maximum: 120 }),
    details,
    currency: requireCurrency(command.currency),
    timeZone: requireTimeZone(command.timeZone),
    cutOff: requireCutOff(command.cutOff),
  };
  return unitOfWork(async (em) => {
    // Under its lock, so that no outlet opens beside a brand that is being stopped.
    const brand = await lockBrand(em, viewer, command.brandId);
    requirePermission(viewer, 'outlets.manage', { brandId: brand.id });
    return insertOutlet(em, context, { brand, ...facts });
  });
}

/** What an outlet is from its first day on, checked. */
export type OutletFacts = Pick<OutletEntity, 'name' | 'city' | 'currency' | 'timeZone' | 'cutOff'> &
  Partial<Pick<OutletEntity, 'details'>>;

/** Opens an outlet in the caller's transaction; who may has been decided, and the facts have been checked. */
export function insertOutlet(
  em: SqlEntityManager,
  { clock }: Pick<Context, 'clock'>,
  { brand, details = null, ...facts }: OutletFacts & { brand: BrandEntity },
): OutletEntity {
  const outlet = em.create(OutletEntity, {
    ...facts,
    details,
    id: newId('out'),
    brandId: brand.id,
    isActive: true,
    isBrandActive: brand.isActive,
    version: 1,
    createdAt: clock.now(),
  });
  em.persist(outlet);
  record(em, outletSaved(outlet));
  return outlet;
}

/** What may change about an outlet; what is absent stays. */
export interface UpdateOutlet extends StatedDetails {
  readonly id: string;
  readonly expectedVersion?: number | null;
  readonly name?: string | null;
  readonly timeZone?: string | null;
  readonly cutOff?: string | null;
  readonly isActive?: boolean | null;
}

/** Changes an outlet, all but its currency; where nothing differs, nothing is told. */
export function updateOutlet({ viewer, unitOfWork }: Context, command: UpdateOutlet): Promise<OutletEntity> {
  return unitOfWork(async (em) => {
    const outlet = await lockOutlet(em, viewer, command.id);
    requirePermission(viewer, 'outlets.manage', { brandId: outlet.brandId, outletId: outlet.id });
    requireVersion(outlet.version, command.expectedVersion);
    const { version } = outlet;
    change(outlet, command);
    await em.flush();
    if (outlet.version !== version) record(em, outletSaved(outlet));
    return outlet;
  });
}

function change(outlet: OutletEntity, command: UpdateOutlet): void {
  if (typeof command.name === 'string') outlet.name = requireText(command.name, { field: ['name'], maximum: 120 });
  if (typeof command.timeZone === 'string') outlet.timeZone = requireTimeZone(command.timeZone);
  if (typeof command.cutOff === 'string') outlet.cutOff = requireCutOff(command.cutOff);
  if (typeof command.isActive === 'boolean') outlet.isActive = command.isActive;
  outlet.details = changedDetails(outlet.details, command);
  if (command.address) outlet.city = outlet.details?.address?.city ?? null;
}
