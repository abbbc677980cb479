import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Context } from '../../../platform/context.js';
import { record } from '../../../platform/data/outbox.js';
import { newId } from '../../../platform/domain/id.js';
import { optionalText, requireText } from '../../../platform/domain/text.js';
import { allow, holdsSomewhere, reachOf } from '../../../platform/domain/viewer.js';
import { BrandEntity } from './brand.entity.js';
import { brandSaved } from './brand.events.js';
import { changedSettings, type StatedSettings } from './brand.rules.js';

/** What a new brand is. */
export interface CreateBrand {
  readonly name: string;
  readonly legalName?: string | null;
  readonly settings?: StatedSettings | null;
}

/** Makes a tenant; for administrators of the whole installation. */
export function createBrand(context: Context, command: CreateBrand): Promise<BrandEntity> {
  const { viewer, unitOfWork } = context;
  allow(
    viewer,
    holdsSomewhere(viewer, 'brands.create') && reachOf(viewer, 'brands.create').isEverywhere,
    'brands.create',
  );
  const name = requireText(command.name, { field: ['name'], maximum: 120 });
  const legalName = optionalText(command.legalName, { field: ['legalName'], maximum: 160 });
  const settings = command.settings ? changedSettings(null, command.settings) : null;
  return unitOfWork(async (em) => insertBrand(em, context, { name, legalName, settings }));
}

/** Makes a tenant in the caller's transaction; who may, and what it is called, has been decided. */
export function insertBrand(
  em: SqlEntityManager,
  { clock }: Pick<Context, 'clock'>,
  { name, legalName = null, settings = null }: Pick<BrandEntity, 'name'> & Partial<BrandEntity>,
): BrandEntity {
  const facts = { id: newId('brd'), name, legalName, settings, isActive: true, version: 1, createdAt: clock.now() };
  const brand = em.create(BrandEntity, facts);
  em.persist(brand);
  record(em, brandSaved(brand));
  return brand;
}
