import { randomBytes } from 'node:crypto';
import type { Context } from '../../platform/context.js';
import { createApiClient } from '../../subgraphs/accounts/api-client/api-client.operations.js';
import { createBrand } from '../../subgraphs/accounts/brand/brand.operations.js';
import { createOutlet } from '../../subgraphs/accounts/outlet/outlet.operations.js';
import { assignRole } from '../../subgraphs/accounts/role-assignment/role-assignment.operations.js';
import { createUser } from '../../subgraphs/accounts/user/user.operations.js';
import { demoPeople, type DemoBrand, type DemoOutlet, type DemoPerson } from './brands.js';

/** A sign-in. */
export interface DemoUser {
  readonly id: string;
  readonly identifier: string;
  readonly password: string;
}

/** A brand that has been made, with its plan. */
export interface MadeBrand {
  readonly id: string;
  readonly plan: DemoBrand;
  readonly outlets: readonly { readonly id: string; readonly plan: DemoOutlet }[];
  readonly users: Readonly<Record<DemoPerson, DemoUser>>;
}

/** Makes a brand, its outlets and its people, with passwords nobody can guess. */
export async function makeBrand(context: Context, plan: DemoBrand): Promise<MadeBrand> {
  const brand = await createBrand(context, { name: plan.name });
  const outlets: { id: string; plan: DemoOutlet }[] = [];
  for (const outletPlan of plan.outlets) {
    const outlet = await createOutlet(context, { brandId: brand.id, ...outletPlan });
    outlets.push({ id: outlet.id, plan: outletPlan });
  }
  const users = await Promise.all(
    demoPeople.map(
      async ({ key }) =>
        [
          key,
          await makeUser(context, { key, plan, brandId: brand.id, outletIds: outlets.map(({ id }) => id) }),
        ] as const,
    ),
  );
  // Every key of demoPeople is there once, which a list of pairs cannot tell.
  return { id: brand.id, plan, outlets, users: Object.fromEntries(users) as Record<DemoPerson, DemoUser> };
}

/** Makes the brand's integrator, who may run the given documents; returns its key. */
export async function makeIntegrator(
  context: Context,
  brandId: string,
  documentIds: readonly string[],
): Promise<string> {
  const { apiKey } = await createApiClient(context, { brandId, name: 'Delivery partner', documentIds });
  return apiKey;
}

async function makeUser(
  context: Context,
  facts: { key: DemoPerson; plan: DemoBrand; brandId: string; outletIds: readonly string[] },
): Promise<DemoUser> {
  const { key, plan, brandId, outletIds } = facts;
  const { role, where } = demoPeople.find((person) => person.key === key) ?? demoPeople[0];
  const identifier = `${key}@${plan.mailDomain}`;
  const password = randomBytes(12).toString('base64url');
  const places = where === 'EVERY_OUTLET' ? outletIds.map((outletId) => ({ brandId, outletId })) : [{ brandId }];
  const [first = { brandId }, ...others] = places;
  const user = await createUser(context, { email: identifier, name: plan.names[key], password, role, ...first });
  for (const place of others) await assignRole(context, { userId: user.id, roleId: role, ...place });
  return { id: user.id, identifier, password };
}
