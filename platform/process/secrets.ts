import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Secrets } from './config.js';

const shape = z.object({ tokenKey: z.string(), viewerSecret: z.string(), fileSecret: z.string() });

/** Fresh random secrets. */
export function newSecrets(): Secrets {
  const { privateKey } = generateKeyPairSync('ed25519');
  return {
    tokenKey: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
    viewerSecret: randomBytes(32).toString('base64url'),
    fileSecret: randomBytes(32).toString('base64url'),
  };
}

/** The secrets of a data folder, made at its first start and readable by its owner only; for the embedded product. */
export function secretsOfFolder(dataDir: string): Secrets {
  const file = join(dataDir, 'secrets.json');
  if (existsSync(file)) return readSecrets(file);
  mkdirSync(dataDir, { recursive: true });
  const secrets = newSecrets();
  writeFileSync(file, JSON.stringify(secrets, null, 2), { mode: 0o600, flag: 'wx' });
  return secrets;
}

function readSecrets(file: string): Secrets {
  try {
    return shape.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new Error(`${file} is damaged: put the right one back, or delete the data folder to begin anew.`, { cause });
  }
}
