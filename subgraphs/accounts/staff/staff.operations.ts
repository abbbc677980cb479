import { UniqueConstraintViolationException } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Context } from '../../../platform/context.js';
import { record } from '../../../platform/data/outbox.js';
import { BadUserInput, DomainError } from '../../../platform/domain/errors.js';
import { checkAll, type Check } from '../../../platform/domain/field-checks.js';
import { newId } from '../../../platform/domain/id.js';
import type { Money } from '../../../platform/domain/money.js';
import { comparisonKey, optionalText } from '../../../platform/domain/text.js';
import { requireVersion } from '../../../platform/domain/version.js';
import { holds, requirePermission, requireSomebodyElse } from '../../../platform/domain/viewer.js';
import { listGrants } from '../membership/membership.queries.js';
import type { OutletEntity } from '../outlet/outlet.entity.js';
import { getOutlet } from '../outlet/outlet.queries.js';
import { lockVisibleUser } from '../user/user.queries.js';
import { StaffProfileEntity } from './staff.entity.js';
import { staffSaved } from './staff.events.js';
import { lockStaffProfile } from './staff.queries.js';
import { requireBirthDate, requireRate, type EmploymentKind, type StatedRate } from './staff.rules.js';
import { sealStaff } from './staff.vault.js';

/** What is to be kept about somebody who works for a brand; what is absent stays, and null removes it. */
export interface SaveStaffProfile {
  readonly userId: string;
  /** Where they are assigned; must be given the first time. */
  readonly outletId?: string | null;
  readonly expectedVersion?: number | null;
  readonly employeeNumber?: string | null;
  readonly position?: string | null;
  readonly hiredOn?: string | null;
  readonly employmentKind?: EmploymentKind | null;
  readonly hourlyRate?: StatedRate | null;
  readonly address?: string | null;
  readonly emergencyContact?: string | null;
  readonly birthDate?: string | null;
}

/** Makes or changes the one staff profile of a person, for those who manage people at its outlet, old and new; nobody sets their own pay. */
export function saveStaffProfile(context: Context, command: SaveStaffProfile): Promise<StaffProfileEntity> {
  return context.unitOfWork(async (em) => {
    const known = await lockKnown(context, em, command.userId);
    const outlet = await requireOutlet(context, em, command.outletId ?? known?.outletId);
    if (command.hourlyRate !== undefined)
      requireSomebodyElse(context.viewer, command.userId, 'Nobody sets their own pay.');
    await requireWorksFor(em, command.userId, outlet.brandId);
    const profile = known ?? newProfile(context, command.userId);
    if (known) requireVersion(known.version, command.expectedVersion);
    Object.assign(profile, { brandId: outlet.brandId, outletId: outlet.id });
    checkAll((check) => {
      applyEmployment(check, profile, { command, outlet });
      applyPersonal(check, profile, { command, context });
    });
    const { version } = profile;
    if (!known) em.persist(profile);
    await flushUniqueNumber(em);
    if (!known || profile.version !== version) record(em, staffSaved(profile));
    return profile;
  });
}

async function lockKnown(
  { viewer }: Context,
  em: SqlEntityManager,
  userId: string,
): Promise<StaffProfileEntity | null> {
  // Two that save the first profile of somebody come one after another here.
  await lockVisibleUser(em, viewer, userId);
  const known = await lockStaffProfile(em, userId);
  if (known && !holds(viewer, 'users.read', known))
    throw new DomainError('ALREADY_EXISTS', 'The person has a staff profile at another brand or outlet.', ['userId']);
  if (known) requirePermission(viewer, 'users.manage', known);
  return known;
}

async function requireOutlet(
  { viewer }: Context,
  em: SqlEntityManager,
  outletId: string | undefined,
): Promise<OutletEntity> {
  if (!outletId) throw new BadUserInput('Say which outlet the person is assigned to.', ['outletId']);
  const outlet = await getOutlet(em, viewer, outletId);
  requirePermission(viewer, 'users.manage', { brandId: outlet.brandId, outletId });
  return outlet;
}

async function requireWorksFor(em: SqlEntityManager, userId: string, brandId: string): Promise<void> {
  const grants = await listGrants(em, userId);
  const works = grants.some((grant) => grant.role !== 'CUSTOMER' && (grant.brandId ?? brandId) === brandId);
  if (!works)
    throw new DomainError('INVALID_STATE', 'The person has no role in this brand: give them one first.', ['userId']);
}

function newProfile({ clock }: Context, userId: string): StaffProfileEntity {
  return Object.assign(new StaffProfileEntity(), { id: newId('stf'), userId, createdAt: clock.now() });
}

function applyEmployment(
  check: Check,
  profile: StaffProfileEntity,
  { command, outlet }: { command: SaveStaffProfile; outlet: OutletEntity },
): void {
  const { employeeNumber, position, hiredOn, employmentKind, hourlyRate } = command;
  if (employeeNumber !== undefined) {
    profile.employeeNumber = accepted(check, employeeNumber, { field: ['employeeNumber'], maximum: 40 });
    profile.employeeNumberKey = profile.employeeNumber && check(profile.employeeNumber, requireKey);
  }
  if (position !== undefined) profile.position = accepted(check, position, { field: ['position'], maximum: 80 });
  if (hiredOn !== undefined) profile.hiredOn = hiredOn;
  if (employmentKind !== undefined) profile.employmentKind = employmentKind;
  if (hourlyRate !== undefined) {
    const rate = hourlyRate && check<Money | null>(null, () => requireRate(hourlyRate, outlet.currency));
    profile.hourlyRateMinor = rate?.amountMinor ?? null;
    profile.currency = rate?.currency ?? null;
  }
  check(profile.currency, (currency) => requireCurrencyOf(outlet, currency));
}

function requireCurrencyOf(outlet: OutletEntity, currency: string | null): string | null {
  if (currency === null || currency === outlet.currency) return currency;
  throw new DomainError('CURRENCY_MISMATCH', `This outlet pays in ${outlet.currency}.`, ['hourlyRate']);
}

// A text that is refused is not kept, be it for a moment: it may be of any length.
function accepted(check: Check, text: string | null, limits: Parameters<typeof optionalText>[1]): string | null {
  return check<string | null>(null, () => optionalText(text, limits));
}

function requireKey(employeeNumber: string): string {
  const key = comparisonKey(employeeNumber);
  if (key.length > 40) throw new BadUserInput('It has at most 40 characters.', ['employeeNumber']);
  return key;
}

function applyPersonal(
  check: Check,
  profile: StaffProfileEntity,
  { command, context: { vault, clock } }: { command: SaveStaffProfile; context: Context },
): void {
  const { address, emergencyContact, birthDate } = command;
  if (address !== undefined) {
    const text = accepted(check, address, { field: ['address'], maximum: 300 });
    sealStaff(vault, profile, { column: 'address', text });
  }
  if (emergencyContact !== undefined) {
    const text = accepted(check, emergencyContact, { field: ['emergencyContact'], maximum: 200 });
    sealStaff(vault, profile, { column: 'emergencyContact', text });
  }
  if (birthDate !== undefined) {
    const today = clock.now().toISOString().slice(0, 10);
    const text = birthDate && check(birthDate, (day) => requireBirthDate(day, today));
    sealStaff(vault, profile, { column: 'birthDate', text });
  }
}

async function flushUniqueNumber(em: SqlEntityManager): Promise<void> {
  try {
    await em.flush();
  } catch (error) {
    if (!(error instanceof UniqueConstraintViolationException)) throw error;
    throw new DomainError('ALREADY_EXISTS', 'Somebody of the brand has this number.', ['employeeNumber']);
  }
}
