import { open, unlink } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { hasCode, replaceFile } from './atomic-file.js';
import { createFileLinks } from './file-links.js';
import type { LinkSettings } from './file-links.js';
import { checkContentType, checkFileKey } from './files.js';
import type { FileStorage, StoredFile } from './files.js';

/** Longer than any content type with its line break. */
const HEAD_BYTES = 256;

/**
 * Files in a folder of this machine, readable by its owner alone. The first line of each is its content type, so that one
 * rename publishes both.
 */
export function createLocalFiles({ folder, ...links }: LinkSettings & { folder: string }): FileStorage {
  const { sign, verify } = createFileLinks(links);
  const pathOf = (key: string) => {
    checkFileKey(key);
    return join(folder, key);
  };
  return {
    put: async (key, body, contentType) => {
      checkContentType(contentType);
      await replaceFile(pathOf(key), [Buffer.from(`${contentType}\n`), body]);
    },
    get: async (key) => openFile(pathOf(key)),
    remove: async (key) => removeFile(pathOf(key)),
    signedUrl: (key, terms) => {
      checkFileKey(key);
      return sign(key, terms);
    },
    verifySignedUrl: verify,
  };
}

async function openFile(path: string): Promise<StoredFile | null> {
  const file = await openIfThere(path);
  if (file === null) return null;
  try {
    const stat = await file.stat();
    if (!stat.isFile()) return await closeAndForget(file);
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(HEAD_BYTES), position: 0 });
    const end = buffer.subarray(0, bytesRead).indexOf('\n');
    if (end === -1) throw new Error('A stored file has lost its first line.');
    const start = end + 1;
    return {
      contentType: buffer.toString('latin1', 0, end),
      sizeBytes: stat.size - start,
      body: file.createReadStream({ start }),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** Null when nothing has that name, or a file stands where the path wants a folder. */
async function openIfThere(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return null;
    throw error;
  }
}

async function removeFile(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    // A folder has the name: no file has it.
    if (!hasCode(error, 'ENOENT', 'ENOTDIR', 'EISDIR')) throw error;
  }
}

async function closeAndForget(file: FileHandle): Promise<null> {
  await file.close();
  return null;
}
