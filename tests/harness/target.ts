import { readFileSync } from 'node:fs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { createConnection } from 'mysql2/promise';
import { z } from 'zod';
import type { DatabaseLocation } from '../../platform/data/database.js';

declare const target: 'none' | 'sqlite' | 'mariadb' | undefined;

const servers = z.object({ databaseUrl: z.string(), redisUrl: z.string() });

/** Whether this run uses the real servers. */
export function isRealServers(): boolean {
  return typeof target !== 'undefined' && target === 'mariadb';
}

/** The servers this test run started or was given. */
export function testServers(): z.infer<typeof servers> {
  return servers.parse(JSON.parse(readFileSync('.cache/test-servers.json', 'utf8')));
}

/** A place for one test file's data: a folder of its own, and on a server schemas of its own. */
export interface TestPlace {
  readonly location: DatabaseLocation;
  readonly dataDir: string;
  readonly redisUrl: string | null;
  remove(): Promise<void>;
}

/** Makes an empty place in the database this run is about. */
export function makeTestPlace(): TestPlace {
  const dataDir = mkdtempSync(join(tmpdir(), 'twin-'));
  const removeFolder = () => rmSync(dataDir, { recursive: true, force: true });
  if (!isRealServers()) {
    return {
      dataDir,
      redisUrl: null,
      location: { url: null, dataDir, prefix: '' },
      remove: async () => removeFolder(),
    };
  }
  const { databaseUrl, redisUrl } = testServers();
  const prefix = `t${randomBytes(4).toString('hex')}_`;
  return {
    dataDir,
    redisUrl,
    location: { url: databaseUrl, dataDir, prefix },
    remove: async () => {
      await dropSchemas(databaseUrl, prefix);
      removeFolder();
    },
  };
}

async function dropSchemas(url: string, prefix: string): Promise<void> {
  const connection = await createConnection(url);
  for (const name of ['accounts', 'layout', 'orders', 'inventory', 'insights'])
    await connection.query(`drop database if exists \`${prefix}${name}\``);
  await connection.end();
}
