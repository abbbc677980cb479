import type { PermissionSlug } from '../../../schema/permission-slugs.js';

/** The roles every brand has; each is a bundle of permission slugs. */
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

type Bundle = readonly PermissionSlug[];

const customer: Bundle = ['orders.read-own', 'orders.place-own', 'orders.cancel-own'];
const staff: Bundle = [
  'outlets.read',
  'floor.read',
  'orders.read-own',
  'orders.read',
  'kitchen.read',
  'inventory.read',
];
const waiter: Bundle = [
  ...staff,
  'customers.read',
  'seating.manage',
  'orders.place-own',
  'orders.place',
  'orders.complete',
  'orders.cancel-own',
  'orders.cancel',
  'payments.take',
  'payments.read',
];
const chef: Bundle = [...staff, 'kitchen.work', 'menu.availability', 'inventory.adjust'];
const analyst: Bundle = [
  'outlets.read',
  'floor.read',
  'orders.read-own',
  'orders.read',
  'payments.read',
  'inventory.read',
  'insights.read',
  'reports.request',
];
const manager: Bundle = [
  ...new Set([...waiter, ...chef, ...analyst]),
  'customers.read-personal',
  'customers.manage',
  'orders.override',
  'menu.manage',
  'floor.manage',
  'inventory.manage',
  'users.read',
  'devices.manage',
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
} satisfies Record<RoleCode, Bundle>;

/** Whether a role's id is a template's. */
export function isRoleCode(id: string): id is RoleCode {
  return roleCodes.some((code) => code === id);
}

/** What people call a template, such as "Waiter". */
export function templateName(code: RoleCode): string {
  return code.charAt(0) + code.slice(1).toLowerCase();
}
