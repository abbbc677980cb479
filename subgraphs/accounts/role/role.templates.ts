/** The roles every brand starts with; each is a bundle of permission slugs. */
export const roleCodes = [
  'CUSTOMER',
  'WAITER',
  'CHEF',
  'STAFF',
  'MANAGER',
  'ADMIN',
  'OWNER',
  'ANALYST',
  'INTEGRATOR',
] as const;
export type RoleCode = (typeof roleCodes)[number];

const customer = ['orders.read-own', 'orders.place-own', 'orders.cancel-own'];
const staff = ['outlets.read', 'floor.read', 'orders.read-own', 'orders.read', 'kitchen.read', 'inventory.read'];
const waiter = [
  ...staff,
  'seating.manage',
  'orders.place-own',
  'orders.place',
  'orders.complete',
  'orders.cancel-own',
  'orders.cancel',
  'payments.take',
  'payments.read',
];
const chef = [...staff, 'kitchen.work', 'menu.availability', 'inventory.adjust'];
const analyst = [
  'outlets.read',
  'floor.read',
  'orders.read-own',
  'orders.read',
  'payments.read',
  'inventory.read',
  'insights.read',
  'reports.request',
];
const manager = [
  ...new Set([...waiter, ...chef, ...analyst]),
  'orders.override',
  'menu.manage',
  'floor.manage',
  'inventory.manage',
  'users.read',
];

/** What each role may do. `all` stands for every permission, at the places the role is held. */
export const roleTemplates: Readonly<Record<RoleCode, readonly string[]>> = {
  CUSTOMER: customer,
  STAFF: staff,
  WAITER: waiter,
  CHEF: chef,
  ANALYST: analyst,
  MANAGER: manager,
  OWNER: [...manager, 'outlets.manage', 'users.manage', 'api-clients.manage'],
  ADMIN: ['all'],
  INTEGRATOR: ['outlets.read', 'orders.read-own', 'orders.read', 'insights.read'],
};

/** Who may be given a role by whom: nobody hands out what they do not hold themselves. */
export function canGrant(held: readonly string[], code: RoleCode): boolean {
  return held.includes('all') || roleTemplates[code].every((slug) => held.includes(slug));
}
