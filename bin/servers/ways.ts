/** What can be found of one server before anything is started. */
export type Found = { url: string | undefined; binary: string | undefined; canUnpack: boolean };

/** Where one server comes from. */
export type Way = { from: 'url'; url: string } | { from: 'path'; binary: string } | { from: 'packages' };

/** Picks the first way that is open, in the order: given URL, binary on the PATH, unpacked packages; null when none is. */
export function chooseWay(found: Found): Way | null {
  if (found.url) return { from: 'url', url: found.url };
  if (found.binary) return { from: 'path', binary: found.binary };
  return found.canUnpack ? { from: 'packages' } : null;
}

/** Names every way to bring the servers, with the reason why this machine has none; `prefix` stands before the variables' names. */
export function noServersError(reason: string, prefix: string): Error {
  return new Error(
    `A real MariaDB and a real Redis are needed: ${reason}. There are three ways to bring them: ` +
      `(1) set ${prefix}DATABASE_URL=mysql://user:password@host:port and ${prefix}REDIS_URL=redis://host:port to running servers; ` +
      '(2) install mariadbd (or mysqld) and redis-server so that they are on the PATH; ' +
      '(3) on Debian or Ubuntu with apt-get and dpkg-deb, let the packages be unpacked into .cache/servers, ' +
      'which needs the package mirror but not root.',
  );
}

/** Tells whether the text of /etc/os-release describes Debian, Ubuntu or a system made of their packages. */
export function isDebianLike(osRelease: string): boolean {
  const families = `${osReleaseValue(osRelease, 'ID')} ${osReleaseValue(osRelease, 'ID_LIKE')}`.split(/\s+/);
  return families.includes('debian') || families.includes('ubuntu');
}

/** Names a system for a folder, `debian-12-x64`: packages unpacked on one system do not run on another. */
export function systemName(osRelease: string, architecture: string): string {
  const id = osReleaseValue(osRelease, 'ID') || 'linux';
  // Rolling releases have a code name only.
  const version = osReleaseValue(osRelease, 'VERSION_ID') || osReleaseValue(osRelease, 'VERSION_CODENAME') || 'rolling';
  return `${id}-${version}-${architecture}`.replaceAll(/[^\w.-]/g, '_');
}

/** Checks the database URL given in `variable` and takes its schema name off, because there is a schema for every subgraph. */
export function databaseUrlWithoutSchema(given: string, variable: string): string {
  const url = parseServerUrl(variable, given, ['mysql:', 'mariadb:']);
  return `mysql://${url.username}${url.password && `:${url.password}`}${url.username && '@'}${url.host}`;
}

/** Checks the Redis URL given in `variable` and returns it unchanged. */
export function redisUrl(given: string, variable: string): string {
  parseServerUrl(variable, given, ['redis:', 'rediss:']);
  return given;
}

/** The error names the variable and never repeats its credentials. */
function parseServerUrl(variable: string, given: string, schemes: readonly string[]): URL {
  const url = URL.canParse(given) ? new URL(given) : null;
  if (!url?.hostname || !schemes.includes(url.protocol)) {
    throw new Error(`${variable} must look like ${schemes[0]}//user:password@host:port.`);
  }
  return url;
}

function osReleaseValue(osRelease: string, key: string): string {
  const line = osRelease.split('\n').find((candidate) => candidate.startsWith(`${key}=`));
  return (line ?? '')
    .slice(key.length + 1)
    .trim()
    .replaceAll(/^["']|["']$/g, '');
}
