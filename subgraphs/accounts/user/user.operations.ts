import { UniqueConstraintViolationException } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Context } from '../../../platform/context.js';
import { record } from '../../../platform/data/outbox.js';
import { DomainError, notFound } from '../../../platform/domain/errors.js';
import { newId } from '../../../platform/domain/id.js';
import { comparisonKey, requireText } from '../../../platform/domain/text.js';
import { allow, holds, requirePermission, type Place, type Viewer } from '../../../platform/domain/viewer.js';
import { BrandEntity } from '../brand/brand.entity.js';
import { getBrand } from '../brand/brand.queries.js';
import { getOutlet } from '../outlet/outlet.queries.js';
import { MembershipEntity } from '../role/role.entity.js';
import { getMembership, lockMembership } from '../role/role.queries.js';
import { canGrant, type RoleCode } from '../role/role.templates.js';
import { hashPassword } from './password.js';
import { UserEntity, UserProfileEntity } from './user.entity.js';
import { rightsChanged } from './user.events.js';
import { lockVisibleUser } from './user.queries.js';
import { requireEmail, requirePassword, requirePhone, requireUsername } from './user.rules.js';

/** Who a new account is for. */
export interface NewUser {
  readonly email: string;
  readonly username?: string | null;
  readonly name: string;
  readonly phone?: string | null;
  readonly password: string;
}

/** An account as it is stored: the row people sign in by, and what they tell about themselves. */
export interface Account {
  readonly user: UserEntity;
  readonly profile: UserProfileEntity;
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

/** Gives somebody else a role at a place; the giver must hold what the role allows. */
export function assignRole(
  { viewer, unitOfWork }: Context,
  command: { userId: string; role: RoleCode } & Place,
): Promise<MembershipEntity> {
  return unitOfWork(async (em) => {
    const user = await lockVisibleUser(em, viewer, command.userId);
    allow(viewer, user.id !== viewer.id);
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

/** Takes a role from somebody else; the taker must hold what the role allows. */
export function revokeRole({ viewer, unitOfWork }: Context, command: { membershipId: string }): Promise<string> {
  return unitOfWork(async (em) => {
    const { userId } = await getMembership(em, viewer, command.membershipId);
    const user = await lockVisibleUser(em, viewer, userId);
    const membership = await lockMembership(em, viewer, command.membershipId);
    allow(viewer, mayChange(viewer, membership) && user.id !== viewer.id);
    em.remove(membership);
    user.rightsVersion += 1;
    record(em, rightsChanged(user, membership.brandId));
    return membership.id;
  });
}

function mayChange(viewer: Viewer, { brandId, outletId, roleCode }: MembershipEntity): boolean {
  // No brand has an empty id: only a right of the whole installation reaches its memberships.
  return canGrant(slugsAt(viewer, { brandId: brandId ?? '', outletId }), roleCode);
}

async function requireGrantable(
  em: SqlEntityManager,
  viewer: Viewer,
  { brandId, outletId, role }: { role: RoleCode } & Place,
): Promise<void> {
  const place = { brandId, outletId: outletId ?? null };
  await getBrand(em, viewer, brandId);
  if (outletId && (await getOutlet(em, viewer, outletId)).brandId !== brandId) throw notFound('The outlet');
  requirePermission(viewer, 'users.manage', place);
  allow(viewer, canGrant(slugsAt(viewer, place), role));
}

// What the viewer may hand out at a place: nothing from grants that do not include handing out.
function slugsAt(viewer: Viewer, place: Place): string[] {
  if (viewer.kind === 'SYSTEM') return ['all'];
  return viewer.grants.flatMap((grant) =>
    holds({ ...viewer, grants: [grant] }, 'users.manage', place) ? grant.slugs : [],
  );
}

function newMembership(userId: string, roleCode: RoleCode, { brandId, outletId }: Place): MembershipEntity {
  return { id: newId('mem'), userId, roleCode, brandId, outletId: outletId ?? null };
}

/** Checks what an account is made of and hashes its password; nothing is stored. */
export async function prepareAccount({ clock }: Pick<Context, 'clock'>, command: NewUser): Promise<Account> {
  const email = requireEmail(command.email);
  const name = requireText(command.name, { field: ['name'], maximum: 120 });
  const username = command.username ? requireUsername(command.username) : null;
  requirePassword(command.password, [email, name, username ?? '']);
  const id = newId('usr');
  const user: UserEntity = {
    id,
    email,
    emailKey: comparisonKey(email),
    username,
    usernameKey: username ? comparisonKey(username) : null,
    passwordHash: await hashPassword(command.password),
    isActive: true,
    rightsVersion: 1,
    createdAt: clock.now(),
  };
  return { user, profile: { userId: id, name, phone: command.phone ? requirePhone(command.phone) : null } };
}

/** Stores a prepared account; throws ALREADY_EXISTS when its address or user name is taken. */
export async function insertAccount(em: SqlEntityManager, { user, profile }: Account): Promise<void> {
  try {
    await em.insert(UserEntity, user);
    await em.insert(UserProfileEntity, profile);
  } catch (error) {
    if (!(error instanceof UniqueConstraintViolationException)) throw error;
    throw new DomainError('ALREADY_EXISTS', 'An account with this address or user name exists already.', ['email']);
  }
}
