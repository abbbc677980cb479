import {
  ConfigError,
  loadConfig,
  secretNames,
  type Config,
  type RequiredVariables,
} from '../platform/process/config.js';
import type { CompleteConfig } from './infrastructure.js';

/** A configuration of one process of many: it knows its servers, its secrets and where every subgraph is. */
export interface ClusterConfig extends CompleteConfig {
  readonly redisUrl: string;
  readonly subgraphUrls: Readonly<Record<string, readonly string[]>>;
}

/** What a kind of process can do without. */
export interface ProcessNeeds {
  readonly needsDatabase: boolean;
}

const secretReason = 'is required, the same for every process; make one as .env.example says';

/** Reads the environment of one process of many; throws a ConfigError naming every variable that is missing or malformed. */
export function loadClusterConfig(env: NodeJS.ProcessEnv, needs: ProcessNeeds): ClusterConfig {
  return requireClusterConfig(loadConfig(env, requiredVariables(needs)), needs);
}

/** A configuration that has all one of many processes needs; throws a ConfigError naming every variable that lacks. */
export function requireClusterConfig(config: Config, needs: ProcessNeeds): ClusterConfig {
  const { secrets, redisUrl, subgraphUrls, databaseUrl } = config;
  const known: Readonly<Record<string, unknown>> = {
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisUrl,
    SUBGRAPH_URLS: subgraphUrls,
    ...Object.fromEntries(secretNames.map((name) => [name, secrets])),
    PUBLIC_URL: config.publicUrl,
  };
  const missing = Object.entries(requiredVariables(needs)).filter(([name]) => !known[name]);
  if (missing.length > 0 || secrets === null || redisUrl === null || subgraphUrls === null)
    throw new ConfigError(missing.map(([name, reason]) => `${name}: ${reason}`));
  return { ...config, secrets, redisUrl, subgraphUrls };
}

function requiredVariables({ needsDatabase }: ProcessNeeds): RequiredVariables {
  return {
    ...(needsDatabase ? { DATABASE_URL: 'is required by a process of its own' } : {}),
    REDIS_URL: 'is required where processes hear each other',
    SUBGRAPH_URLS: 'is required by a process of its own; it says where all subgraphs are',
    PUBLIC_URL: 'is required by a process of its own; links to files begin with it',
    ...Object.fromEntries(secretNames.map((name) => [name, secretReason])),
  };
}
