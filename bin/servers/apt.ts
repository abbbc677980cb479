import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { lastLines, progress, runToEnd } from './steps.js';

/** A package by its name, or by a pattern where releases put the server's version into the name. */
export type PackagePattern = string | RegExp;

/**
 * Downloads packages, with the dependencies this system lacks, into `folder` and returns the paths of the `.deb` files.
 * Root is not needed and the system is not changed: apt's lists, caches and hooks are replaced by private ones.
 */
export async function downloadPackages(folder: string, wanted: readonly PackagePattern[]): Promise<string[]> {
  const settings = ['-c', writeSettings(folder)];
  progress('reading the package lists of this system');
  // One unreachable source fails the update and may harm nothing: what matters is whether the packages are found.
  const complaint = await runToEnd('apt-get', [...settings, '-qq', 'update']).then(
    ({ stderr }) => lastLines(stderr),
    String,
  );

  const known = (await runToEnd('apt-cache', [...settings, 'pkgnames'])).stdout.split('\n');
  const names = wanted.map((pattern) => {
    const name = pickPackage(pattern, known);
    if (!name) throw new Error(`the package sources offer no ${String(pattern)}${complaint && `: ${complaint}`}`);
    return name;
  });

  progress(`downloading ${names.join(', ')} and what they need`);
  // Reinstall: a package that is installed half, without the program looked for, must be downloaded too.
  const options = ['-qq', '--yes', '--download-only', '--no-install-recommends', '--reinstall'];
  await runToEnd('apt-get', [...settings, ...options, 'install', ...names]);
  // The C library belongs to the system's own loader; another one beside it would crash every program.
  const archives = join(folder, 'cache/archives');
  const files = readdirSync(archives).filter((file) => file.endsWith('.deb') && !/^(libc6|libc-bin)_/.test(file));
  return files.map((file) => join(archives, file));
}

/** Picks the package a pattern stands for: the name without a version, else the one with the highest version. */
export function pickPackage(pattern: PackagePattern, known: readonly string[]): string | undefined {
  const fitting = known.filter((name) => (typeof pattern === 'string' ? name === pattern : pattern.test(name)));
  const ascending = fitting.sort((left, right) => left.localeCompare(right, 'en', { numeric: true }));
  return ascending.find((name) => !/\d/.test(name)) ?? ascending.at(-1);
}

function writeSettings(folder: string): string {
  mkdirSync(join(folder, 'state/lists/partial'), { recursive: true });
  mkdirSync(join(folder, 'cache/archives/partial'), { recursive: true });
  const path = join(folder, 'apt.conf');
  writeFileSync(
    path,
    [
      `Dir::State "${join(folder, 'state')}";`,
      `Dir::Cache "${join(folder, 'cache')}";`,
      'Dir::State::status "/var/lib/dpkg/status";', // what is installed stays the system's, so that only the rest is fetched
      'Debug::NoLocking "true";', // the system's locks are root's; everything written here is private
      'APT::Sandbox::User "root";', // as root, apt would otherwise download as a user who cannot write here
      'Acquire::Languages "none";',
      'Acquire::Retries "3";',
      'Acquire::http::Timeout "30";',
      'Acquire::https::Timeout "30";',
      '#clear APT::Update::Pre-Invoke;', // the system's hooks would touch the system
      '#clear APT::Update::Post-Invoke;',
      '#clear APT::Update::Post-Invoke-Success;',
      '#clear DPkg::Post-Invoke;',
      '',
    ].join('\n'),
  );
  return path;
}
