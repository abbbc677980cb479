import { UniqueConstraintViolationException } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Context } from '../../../platform/context.js';
import { record } from '../../../platform/data/outbox.js';
import { DomainError, notFound } from '../../../platform/domain/errors.js';
import { newId } from '../../../platform/domain/id.js';
import { comparisonKey, requireText } from '../../../platform/domain/text.js';
import { allow, holds, reachOf, requirePermission, type Place, type Viewer } from '../../../platform/domain/viewer.js';
import { BrandEntity } from '../brand/brand.entity.js';
import { getOutlet } from '../outlet/outlet.queries.js';
import { MembershipEntity } from '../role/role.entity.js';
import { getMembership } from '../role/role.queries.js';
import { canGrant, type RoleCode } from '../role/role.templates.js';
import { hashPassword } from './password.js';
import { UserEntity, UserProfileEntity } from './user.entity.js';
import { rightsChanged } from './user.events.js';
import { lockVisibleUser } from './user.queries.js';
import { requirePassword, requirePhone, requireUsername } from './user.rules.js';

/** Who a new account is for. */
export interface NewUser {
  readonly email: string;
  readonly username?: string | null;
  readonly name: string;
  readonly phone?: string | null;
  readonly password: string;
}

/** Makes a guest's account with its profile; in a brand, where one is given, as its customer. */
export async function register(context: Context, command: NewUser & { brandId?: string | null }): Promise<UserEntity> {
  const account = await prepareAccount(context, command);
  return context.unitOfWork(async (em) => {
    const { brandId } = command;
    if (brandId && (await em.count(BrandEntity, { id: brandId, isActive: true })) === 0) throw notFound('The brand');
    await insertAccount(em, account);
    if (brandId) await em.insert(MembershipEntity, newMembership(account.user.id, 'CUSTOMER', { brandId }));
    return em.findOneOrFail(UserEntity, { id: account.user.id });
  });
}

/** Makes an account for somebody else, with a role; the maker must hold what the role allows. */
export async function createUser(context: Context, command: NewUser & { role: RoleCode } & Place): Promise<UserEntity> {
  const account = await prepareAccount(context, command);
  return context.unitOfWork(async (em) => {
    await requireGrantable(em, context.viewer, command);
    await insertAccount(em, account);
    await em.insert(MembershipEntity, newMembership(account.user.id, command.role, command));
    return em.findOneOrFail(UserEntity, { id: account.user.id });
  });
}

/** Gives a person a role at a place. */
export function assignRole({ viewer, unitOfWork }: Context, command: { userId: string; role: RoleCode } & Place): Promise<MembershipEntity> {
  return unitOfWork(async (em) => {
    const user = await lockVisibleUser(em, viewer, command.userId);
    await requireGrantable(em, viewer, command);
    const place = { brandId: command.brandId, outletId: command.outletId ?? null };
    const held = await em.findOne(MembershipEntity, { userId: user.id, roleCode: command.role, ...place });
    if (held) throw new DomainError('ALREADY_EXISTS', 'The person holds this role there already.', ['role']);
    const membership = em.create(MembershipEntity, newMembership(user.id, command.role, command));
    em.persist(membership);
    user.rightsVersion += 1;
    record(em, rightsChanged(user, command.brandId));
    return membership;
  });
}

/** Takes a role from a person; nobody takes the last role they hold themselves. */
export function revokeRole({ viewer, unitOfWork }: Context, command: { membershipId: string }): Promise<string> {
  return unitOfWork(async (em) => {
    const membership = await getMembership(em, viewer, command.membershipId);
    const user = await lockVisibleUser(em, viewer, membership.userId);
    allow(viewer, mayChange(viewer, membership) && user.id !== viewer.id);
    em.remove(membership);
    user.rightsVersion += 1;
    record(em, rightsChanged(user, membership.brandId));
    return membership.id;
  });
}

function mayChange(viewer: Viewer, { brandId, outletId, roleCode }: MembershipEntity): boolean {
  if (brandId === null) return reachOf(viewer, 'users.manage').isEverywhere;
  return holds(viewer, 'users.manage', { brandId, outletId }) && canGrant(slugsAt(viewer, { brandId, outletId }), roleCode);
}

async function requireGrantable(em: SqlEntityManager, viewer: Viewer, { brandId, outletId, role }: { role: RoleCode } & Place): Promise<void> {
  const place = { brandId, outletId: outletId ?? null };
  if (outletId) {
    const outlet = await getOutlet(em, viewer, outletId);
    if (outlet.brandId !== brandId) throw notFound('The outlet');
  } else if (!reachOf(viewer, 'users.manage').isEverywhere && !reachOf(viewer, 'users.manage').touchedBrandIds.includes(brandId)) throw notFound('The brand');
  requirePermission(viewer, 'users.manage', place);
  allow(viewer, canGrant(slugsAt(viewer, place), role));
}

function slugsAt(viewer: Viewer, place: Place): string[] {
  if (viewer.kind === 'SYSTEM') return ['all'];
  return viewer.grants.flatMap((grant) => (holds({ ...viewer, grants: [grant] }, 'users.manage', place) ? grant.slugs : []));
}

function newMembership(userId: string, roleCode: RoleCode, { brandId, outletId }: Place): MembershipEntity {
  return { id: newId('mem'), userId, roleCode, brandId, outletId: outletId ?? null };
}

async function prepareAccount({ clock }: Context, command: NewUser): Promise<{ user: UserEntity; profile: UserProfileEntity }> {
  const name = requireText(command.name, { field: ['name'], maximum: 120 });
  const username = command.username ? requireUsername(command.username) : null;
  requirePassword(command.password, [command.email, name, username ?? '']);
  const id = newId('usr');
  const user: UserEntity = {
    id,
    email: command.email.trim(),
    emailKey: comparisonKey(command.email),
    username,
    usernameKey: username ? comparisonKey(username) : null,
    passwordHash: await hashPassword(command.password),
    isActive: true,
    rightsVersion: 1,
    createdAt: clock.now(),
  };
  return { user, profile: { userId: id, name, phone: command.phone ? requirePhone(command.phone) : null } };
}

async function insertAccount(em: SqlEntityManager, { user, profile }: { user: UserEntity; profile: UserProfileEntity }): Promise<void> {
  try {
    await em.insert(UserEntity, user);
    await em.insert(UserProfileEntity, profile);
  } catch (error) {
    if (!(error instanceof UniqueConstraintViolationException)) throw error;
    throw new DomainError('ALREADY_EXISTS', 'An account with this address or user name exists already.', ['email']);
  }
}
