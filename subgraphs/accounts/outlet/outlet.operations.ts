import type { Context } from '../../../platform/context.js';
import { record } from '../../../platform/data/outbox.js';
import { newId } from '../../../platform/domain/id.js';
import { optionalText, requireText } from '../../../platform/domain/text.js';
import { requireVersion } from '../../../platform/domain/version.js';
import { requirePermission } from '../../../platform/domain/viewer.js';
import { getBrand } from '../brand/brand.queries.js';
import { OutletEntity } from './outlet.entity.js';
import { outletSaved } from './outlet.events.js';
import { lockOutlet } from './outlet.queries.js';
import { requireCurrency, requireCutOff, requireTimeZone } from './outlet.rules.js';

/** What a new outlet is. */
export interface CreateOutlet {
  readonly brandId: string;
  readonly name: string;
  readonly city?: string | null;
  readonly currency: string;
  readonly timeZone: string;
  readonly cutOff: string;
}

/** Opens an outlet in a brand. Its currency stays as it is: orders are kept in it. */
export function createOutlet({ viewer, unitOfWork, clock }: Context, command: CreateOutlet): Promise<OutletEntity> {
  const facts = {
    name: requireText(command.name, { field: ['name'], maximum: 120 }),
    city: optionalText(command.city, { field: ['city'], maximum: 120 }),
    currency: requireCurrency(command.currency),
    timeZone: requireTimeZone(command.timeZone),
    cutOff: requireCutOff(command.cutOff),
  };
  return unitOfWork(async (em) => {
    const brand = await getBrand(em, viewer, command.brandId);
    requirePermission(viewer, 'outlets.manage', { brandId: brand.id });
    const outlet = em.create(OutletEntity, {
      ...facts,
      id: newId('out'),
      brandId: brand.id,
      isActive: true,
      version: 1,
      createdAt: clock.now(),
    });
    em.persist(outlet);
    record(em, outletSaved(outlet));
    return outlet;
  });
}

/** What may change about an outlet; what is absent stays. */
export interface UpdateOutlet {
  readonly id: string;
  readonly expectedVersion?: number | null;
  readonly name?: string | null;
  readonly timeZone?: string | null;
  readonly cutOff?: string | null;
  readonly isActive?: boolean | null;
}

/** Changes an outlet's name, zone, cut-off or whether it trades; where nothing differs, nothing is told. */
export function updateOutlet({ viewer, unitOfWork }: Context, command: UpdateOutlet): Promise<OutletEntity> {
  return unitOfWork(async (em) => {
    const outlet = await lockOutlet(em, viewer, command.id);
    requirePermission(viewer, 'outlets.manage', { brandId: outlet.brandId, outletId: outlet.id });
    requireVersion(outlet.version, command.expectedVersion);
    const { version } = outlet;
    if (typeof command.name === 'string') outlet.name = requireText(command.name, { field: ['name'], maximum: 120 });
    if (typeof command.timeZone === 'string') outlet.timeZone = requireTimeZone(command.timeZone);
    if (typeof command.cutOff === 'string') outlet.cutOff = requireCutOff(command.cutOff);
    if (typeof command.isActive === 'boolean') outlet.isActive = command.isActive;
    await em.flush();
    if (outlet.version !== version) record(em, outletSaved(outlet));
    return outlet;
  });
}
