import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ConfigError, loadConfig, secretNames, type Config } from '../../platform/process/config.js';
import { newSecrets, secretsOfFolder, secretVariables } from '../../platform/process/secrets.js';

/** What the command line says. */
export interface ClusterCommand {
  readonly replicas: number;
  readonly isDemoWanted: boolean;
}

/** The folder of a cluster's files; a temporary one goes when the cluster ends. */
export interface DataFolder {
  readonly path: string;
  readonly isTemporary: boolean;
}

const MOST_REPLICAS = 9;
// Beside the embedded product's files, which it must not take for its own.
const KEPT_FOLDER = '.data/cluster';

/** Reads `--replicas <1 to 9>` (2 unless told) and `--empty`; throws a ConfigError for anything else. */
export function readCommand(args: readonly string[]): ClusterCommand {
  const { values } = parseStrictly(args);
  const replicas = Number(values.replicas);
  if (!Number.isInteger(replicas) || replicas < 1 || replicas > MOST_REPLICAS)
    throw new ConfigError([`--replicas: must be a whole number from 1 to ${MOST_REPLICAS}.`]);
  return { replicas, isDemoWanted: !values.empty };
}

/** Checks the environment as each process will; secrets may be absent, because a cluster of one machine can make them. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const isAnyGiven = secretNames.some((name) => env[name]);
  return isAnyGiven ? loadConfig(env) : { ...loadConfig({ ...env, ...secretVariables(newSecrets()) }), secrets: null };
}

/** DATA_DIR if it is given; else a folder that lives as long as the database it belongs to. */
export function chooseDataFolder({ DATA_DIR, DATABASE_URL }: NodeJS.ProcessEnv): DataFolder {
  if (DATA_DIR) return { path: resolve(DATA_DIR), isTemporary: false };
  if (DATABASE_URL) return { path: resolve(KEPT_FOLDER), isTemporary: false };
  return { path: mkdtempSync(join(tmpdir(), 'twin-cluster-')), isTemporary: true };
}

/** The variables every process of the cluster shares. */
export function sharedVariables(config: Config, dataDir: string): NodeJS.ProcessEnv {
  return { DATA_DIR: dataDir, ...secretVariables(config.secrets ?? secretsOfFolder(dataDir)) };
}

function parseStrictly(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: { replicas: { type: 'string', default: '2' }, empty: { type: 'boolean', default: false } },
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigError([reason, 'Usage: npm run cluster -- [--replicas <processes of each kind>] [--empty]']);
  }
}
