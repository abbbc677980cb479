import { randomUUID } from 'node:crypto';
import { link, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Writes a file that is there wholly or not at all, also after a power cut; an older one is replaced. */
export async function replaceFile(path: string, content: readonly Uint8Array[]): Promise<void> {
  await writeAside(path, content, (temporary) => rename(temporary, path));
}

/** The same, but an older file stays as it is; answers whether this call made the file. */
export async function createFileOnce(path: string, content: readonly Uint8Array[]): Promise<boolean> {
  try {
    await writeAside(path, content, (temporary) => link(temporary, path));
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}

/** Whether an error comes from the file system with one of the given codes, such as ENOENT. */
export function hasCode(error: unknown, ...codes: string[]): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && codes.some((code) => code === error.code);
}

async function writeAside(
  path: string,
  content: readonly Uint8Array[],
  publish: (temporary: string) => Promise<void>,
): Promise<void> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true });
  // Starts with a point, which no key does, so that an abandoned one is never served.
  const temporary = join(folder, `.${randomUUID()}.tmp`);
  try {
    await writeDurably(temporary, content);
    await publish(temporary);
    await syncFolder(folder);
  } finally {
    await rm(temporary, { force: true });
  }
}

async function writeDurably(path: string, content: readonly Uint8Array[]): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    for (const part of content) await file.writeFile(part);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A new name lasts only when its folder is on the disk too. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
