import { LockMode } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { record } from '../../../platform/data/outbox.js';
import { narrowed, unscoped } from '../../../platform/data/tenant-scope.js';
import { comparisonKey } from '../../../platform/domain/text.js';
import { permissionSlugs } from '../../../schema/permission-slugs.js';
import { PermissionEntity } from './permission.entity.js';
import { RoleEntity } from './role.entity.js';
import { roleChanged } from './role.events.js';
import { roleCodes, roleTemplates, templateName, type RoleCode } from './role.templates.js';

/** Brings the tables of permissions and of template roles in step with the code; where nothing differs, nothing is told. */
export async function provisionRoles(em: SqlEntityManager): Promise<void> {
  await em.upsertMany(
    PermissionEntity,
    Object.entries(permissionSlugs).map(([slug, description]) => ({ slug, description })),
  );
  await em.nativeDelete(PermissionEntity, { slug: { $nin: Object.keys(permissionSlugs) } });
  // Processes that start together come one after another here.
  const stored = await em.find(
    RoleEntity,
    narrowed(unscoped('The templates are those of every brand.'), { id: { $in: [...roleCodes] } }),
    { orderBy: { id: 'asc' }, lockMode: LockMode.PESSIMISTIC_WRITE },
  );
  for (const role of stored) {
    const template = roleTemplates[codeOf(role)];
    if (role.slugs.join() === template.join()) continue;
    role.slugs = template;
    record(em, roleChanged(role));
  }
  const missing = roleCodes.filter((code) => !stored.some((role) => role.id === code));
  if (missing.length > 0) await em.upsertMany(RoleEntity, missing.map(newTemplate));
}

function codeOf(role: RoleEntity): RoleCode {
  const code = roleCodes.find((each) => each === role.id);
  if (!code) throw new Error(`Not a template: ${role.id}`);
  return code;
}

function newTemplate(code: RoleCode) {
  const name = templateName(code);
  return { id: code, brandId: null, name, nameKey: comparisonKey(name), slugs: roleTemplates[code], version: 1 };
}
