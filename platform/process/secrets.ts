import { generateKeyPairSync, randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { formatColumnKeys } from '../crypto/column-keys.js';
import type { Secrets } from './config.js';

const shape = z.object({
  tokenKey: z.string(),
  viewerSecret: z.string(),
  fileSecret: z.string(),
  columnKeys: z.array(z.object({ id: z.string(), key: z.string() })).min(1),
  indexKey: z.string(),
});

/** Fresh random secrets. */
export function newSecrets(): Secrets {
  const { privateKey } = generateKeyPairSync('ed25519');
  return {
    tokenKey: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
    viewerSecret: randomBytes(32).toString('base64url'),
    fileSecret: randomBytes(32).toString('base64url'),
    ...newColumnSecrets(),
  };
}

function newColumnSecrets(): Pick<Secrets, 'columnKeys' | 'indexKey'> {
  return {
    columnKeys: [{ id: 'k1', key: randomBytes(32).toString('base64') }],
    indexKey: randomBytes(32).toString('base64url'),
  };
}

/** The secrets as the environment variables a process of its own is told them by. */
export function secretVariables({ tokenKey, viewerSecret, fileSecret, columnKeys, indexKey }: Secrets) {
  return {
    TOKEN_KEY: tokenKey,
    VIEWER_SECRET: viewerSecret,
    FILE_SECRET: fileSecret,
    COLUMN_KEYS: formatColumnKeys(columnKeys),
    INDEX_KEY: indexKey,
  };
}

/** The secrets of a data folder, made at its first start and readable by its owner only; for the embedded product. */
export function secretsOfFolder(dataDir: string): Secrets {
  const file = join(dataDir, 'secrets.json');
  if (existsSync(file)) return completeSecrets(file);
  mkdirSync(dataDir, { recursive: true });
  const secrets = newSecrets();
  writeFileSync(file, JSON.stringify(secrets, null, 2), { mode: 0o600, flag: 'wx' });
  return secrets;
}

// A folder from before personal data was sealed has no keys for it; they are added, and what is there is never replaced.
function completeSecrets(file: string): Secrets {
  const isComplete = (secrets: object) => 'columnKeys' in secrets && 'indexKey' in secrets;
  if (isComplete(readStored(file))) return readSecrets(file);
  const aside = `${file}.new`;
  // Two starts at once must not each make keys of their own: the file aside is also the lock.
  const handle = openSync(aside, 'wx', 0o600);
  writeFileSync(handle, JSON.stringify({ ...newColumnSecrets(), ...readStored(file) }, null, 2));
  // On the disk before the first value is sealed: what a lost key has sealed, nobody reads again.
  fsyncSync(handle);
  closeSync(handle);
  renameSync(aside, file);
  return readSecrets(file);
}

function readSecrets(file: string): Secrets {
  return parseOrExplain(file, (stored) => shape.parse(stored));
}

function readStored(file: string): object {
  return parseOrExplain(file, (stored) => z.looseObject({}).parse(stored));
}

function parseOrExplain<Parsed>(file: string, parse: (stored: unknown) => Parsed): Parsed {
  try {
    return parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new Error(`${file} is damaged: put the right one back, or delete the data folder to begin anew.`, { cause });
  }
}
