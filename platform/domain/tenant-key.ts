declare const madeHere: unique symbol;

/** A name of something outside the tables, a file, a topic, a cache entry, a job that is one, that carries its tenant: `brands/<brandId>/…`. */
export type TenantKey = string & { readonly [madeHere]: 'tenant' };

/** A name of something that belongs to the whole installation, as a schedule: `installation/…`. */
export type InstallationKey = string & { readonly [madeHere]: 'installation' };

const SEGMENT = /^[A-Za-z0-9_][A-Za-z0-9._:@-]{0,127}$/;

/** The name with its tenant in it; throws without a brand, so that no two tenants can share one. */
export function tenantKey(brandId: string, ...parts: readonly [string, ...string[]]): TenantKey {
  const key = join('brands', [brandId, ...parts]);
  if (!isTenantKey(key)) throw new Error('A name needs its tenant.');
  return key;
}

/** The name of what no tenant owns. */
export function installationKey(...parts: readonly [string, ...string[]]): InstallationKey {
  const key = join('installation', parts);
  if (!isInstallationKey(key)) throw new Error('A name of the installation needs a part.');
  return key;
}

function join(first: string, parts: readonly string[]): string {
  const wrong = parts.find((part) => !SEGMENT.test(part));
  if (wrong !== undefined) throw new Error(`"${wrong.slice(0, 40)}" cannot be part of a name that carries its tenant.`);
  return [first, ...parts].join('/');
}

function isTenantKey(key: string): key is TenantKey {
  return key.startsWith('brands/');
}

function isInstallationKey(key: string): key is InstallationKey {
  return key.startsWith('installation/');
}
