import type { SqlEntityManager } from '@mikro-orm/sql';
import { randomBytes } from 'node:crypto';
import type { CommandContext } from '../../../platform/context.js';
import { RunAgain } from '../../../platform/data/unit-of-work.js';
import { DomainError } from '../../../platform/domain/errors.js';
import { insertBrand } from '../brand/brand.operations.js';
import { insertMembership } from '../membership/membership.operations.js';
import { insertOutlet } from '../outlet/outlet.operations.js';
import { provisionRoles } from '../role/role-seed.operations.js';
import { lockRole } from '../role/role.queries.js';
import { insertAccount, prepareAccount, type Account } from '../user/user.operations.js';
import { lockUserByEmail } from '../user/user.queries.js';
import { findBrandNamed, findOutletNamed } from './demo-company.queries.js';

const BRAND = 'Demo Restaurant Group';
const outlet = {
  name: 'Downtown Cafe',
  city: 'Mumbai',
  currency: 'INR',
  timeZone: 'Asia/Kolkata',
  cutOff: '04:00',
} as const;
const people = [
  { role: 'MANAGER', email: 'manager@demo-restaurants.example', name: 'Priya Nair' },
  { role: 'WAITER', email: 'waiter@demo-restaurants.example', name: 'Rohan Desai' },
  { role: 'CHEF', email: 'chef@demo-restaurants.example', name: 'Sanjay Kulkarni' },
] as const;

/** One of the demo company's people. */
export interface DemoPerson {
  readonly role: (typeof people)[number]['role'];
  readonly email: string;
  readonly isNew: boolean;
  /** Told this once; null where a password was given, or the person was there already. */
  readonly randomPassword: string | null;
}

/** The demo company as it stands. */
export interface DemoCompany {
  readonly brandId: string;
  readonly outletId: string;
  readonly people: readonly DemoPerson[];
}

/**
 * Makes what is missing of the demo company: "Demo Restaurant Group", its "Downtown Cafe" in Mumbai, and a manager, a waiter and a chef there.
 * What is there stays as it is, people's passwords and roles too. Everybody who is made gets `password`, or a random one each.
 */
export async function ensureDemoCompany(
  context: CommandContext,
  { password }: { password: string | null },
): Promise<DemoCompany> {
  const { unitOfWork, viewer } = context;
  const prepared = await Promise.all(people.map((person) => prepare(context, { ...person, password })));
  // The server does this when it starts; it may never have.
  await unitOfWork(provisionRoles);
  return unitOfWork(async (em) => {
    // Of two runs at once the second waits here, and finds what the first has made.
    await lockRole(em, viewer, people[0].role);
    const brand = (await findBrandNamed(em, BRAND)) ?? insertBrand(em, context, { name: BRAND });
    const place = (await findOutletNamed(em, brand.id, outlet.name)) ?? insertOutlet(em, context, { brand, ...outlet });
    await em.flush();
    const scope = { brandId: brand.id, outletId: place.id };
    const made: DemoPerson[] = [];
    for (const each of prepared) made.push(await ensurePerson(em, context, { ...each, scope }));
    return { ...scope, people: made };
  });
}

interface Prepared {
  readonly role: DemoPerson['role'];
  readonly account: Account;
  readonly randomPassword: string | null;
}

async function prepare(
  context: CommandContext,
  { role, email, name, password }: (typeof people)[number] & { password: string | null },
): Promise<Prepared> {
  const randomPassword = password === null ? randomBytes(18).toString('base64url') : null;
  const account = await prepareAccount(context, { email, name, password: password ?? randomPassword ?? '' });
  return { role, account, randomPassword };
}

async function ensurePerson(
  em: SqlEntityManager,
  { vault }: CommandContext,
  { role, account, randomPassword, scope }: Prepared & { scope: { brandId: string; outletId: string } },
): Promise<DemoPerson> {
  const { email, user } = account;
  if (await lockUserByEmail(em, vault, email)) return { role, email, isNew: false, randomPassword: null };
  try {
    await insertAccount(em, vault, account);
  } catch (error) {
    // Somebody registered the address since it was looked for; the next run finds it.
    throw error instanceof DomainError ? new RunAgain('The account exists now.') : error;
  }
  await insertMembership(em, { userId: user.id, roleId: role, scope });
  return { role, email, isNew: true, randomPassword };
}
