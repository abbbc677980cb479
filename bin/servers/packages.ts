import { existsSync, globSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { downloadPackages } from './apt.js';
import { versionOf, type Program } from './binaries.js';
import type { ServerKind } from './server-kind.js';
import { progress, runToEnd } from './steps.js';

/** The programs found, each with the kind of server it is. */
export type Programs = Map<ServerKind, Program>;

// Written last: a folder without it is what an interrupted run left behind.
const MARKER = 'complete';

/** Brings the servers from the distribution's packages without root: unpacked once below `cacheDir`, reused by later runs. */
export async function unpackServers(kinds: readonly ServerKind[], cacheDir: string): Promise<Programs> {
  const folder = join(
    cacheDir,
    kinds
      .map((kind) => kind.name)
      .join('-')
      .toLowerCase(),
  );
  if (existsSync(join(folder, MARKER))) {
    const kept = programsThatRun(kinds, folder);
    if (kept) return kept;
  }

  rmSync(folder, { recursive: true, force: true });
  mkdirSync(cacheDir, { recursive: true });
  removeAbandoned(cacheDir);
  const part = `${folder}.part-${process.pid}`;
  try {
    await downloadInto(part, kinds);
    moveIntoPlace(part, folder);
  } finally {
    rmSync(part, { recursive: true, force: true });
  }
  return programsIn(kinds, folder);
}

async function downloadInto(part: string, kinds: readonly ServerKind[]): Promise<void> {
  rmSync(part, { recursive: true, force: true });
  mkdirSync(join(part, 'apt'), { recursive: true });
  const archives = await downloadPackages(
    join(part, 'apt'),
    kinds.flatMap((kind) => kind.packages),
  );

  progress(`unpacking ${archives.length} packages`);
  for (const archive of archives) await runToEnd('dpkg-deb', ['-x', archive, part]);
  rmSync(join(part, 'apt'), { recursive: true, force: true });
  for (const program of programsIn(kinds, part).values()) versionOf(program);
  writeFileSync(join(part, MARKER), '');
}

/** Two runs may have fetched at once: a rename is all or nothing, and the run that comes second uses what the first brought. */
function moveIntoPlace(part: string, folder: string): void {
  try {
    renameSync(part, folder);
  } catch (error) {
    if (!existsSync(join(folder, MARKER))) throw error;
  }
}

/** Null when a program has gone or misses a library, as after an upgrade of the system: then the packages are fetched again. */
function programsThatRun(kinds: readonly ServerKind[], folder: string): Programs | null {
  try {
    const programs = programsIn(kinds, folder);
    for (const program of programs.values()) versionOf(program);
    return programs;
  } catch (error) {
    progress(`fetching the servers again, because ${error instanceof Error ? error.message : String(error)}`);
    return null;
  }
}

function programsIn(kinds: readonly ServerKind[], folder: string): Programs {
  const loadPath = globSync(['usr/lib/*-linux-*', 'lib/*-linux-*', 'usr/lib', 'lib'], { cwd: folder })
    .map((path) => join(folder, path))
    .join(':');
  return new Map(
    kinds.map((kind) => {
      const binary = kind.packagedBinaries.map((name) => join(folder, name)).find((path) => existsSync(path));
      if (!binary) throw new Error(`the packages of ${kind.name} hold none of ${kind.packagedBinaries.join(', ')}`);
      return [kind, { binary, loadPath }];
    }),
  );
}

function removeAbandoned(cacheDir: string): void {
  for (const name of readdirSync(cacheDir)) {
    const owner = /\.part-(\d+)$/.exec(name)?.[1];
    if (owner && !isAlive(Number(owner))) rmSync(join(cacheDir, name), { recursive: true, force: true });
  }
}

function isAlive(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch (error) {
    // Another user's process may not be signalled, but it is there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
