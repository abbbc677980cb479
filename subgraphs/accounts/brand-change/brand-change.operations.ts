import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Context } from '../../../platform/context.js';
import { record } from '../../../platform/data/outbox.js';
import { optionalText, requireText } from '../../../platform/domain/text.js';
import { requireVersion } from '../../../platform/domain/version.js';
import { requirePermission } from '../../../platform/domain/viewer.js';
import type { BrandEntity } from '../brand/brand.entity.js';
import { brandSaved } from '../brand/brand.events.js';
import { lockBrand } from '../brand/brand.queries.js';
import { changedSettings, type StatedSettings } from '../brand/brand.rules.js';
import { outletSaved } from '../outlet/outlet.events.js';
import { lockOutletsOf } from '../outlet/outlet.queries.js';

/** What may change about a brand; what is absent stays. */
export interface UpdateBrand {
  readonly id: string;
  readonly expectedVersion?: number | null;
  readonly name?: string | null;
  /** An empty one takes it away. */
  readonly legalName?: string | null;
  readonly isActive?: boolean | null;
  readonly settings?: StatedSettings | null;
}

/** Changes a brand; where nothing differs, nothing is told. Its outlets stop and start trading with it, and say so. */
export function updateBrand({ viewer, unitOfWork }: Context, command: UpdateBrand): Promise<BrandEntity> {
  return unitOfWork(async (em) => {
    const brand = await lockBrand(em, viewer, command.id);
    requirePermission(viewer, 'outlets.manage', { brandId: brand.id });
    requireVersion(brand.version, command.expectedVersion);
    const { version, isActive } = brand;
    change(brand, command);
    await em.flush();
    if (brand.version !== version) record(em, brandSaved(brand));
    if (brand.isActive !== isActive) await switchOutlets(em, brand);
    return brand;
  });
}

function change(brand: BrandEntity, { name, legalName, isActive, settings }: UpdateBrand): void {
  if (typeof name === 'string') brand.name = requireText(name, { field: ['name'], maximum: 120 });
  if (typeof legalName === 'string') brand.legalName = optionalText(legalName, { field: ['legalName'], maximum: 160 });
  if (typeof isActive === 'boolean') brand.isActive = isActive;
  if (settings) brand.settings = changedSettings(brand.settings, settings);
}

async function switchOutlets(em: SqlEntityManager, { id, isActive }: BrandEntity): Promise<void> {
  const outlets = await lockOutletsOf(em, id);
  for (const outlet of outlets) outlet.isBrandActive = isActive;
  await em.flush();
  for (const outlet of outlets) record(em, outletSaved(outlet));
}
