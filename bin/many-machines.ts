import { subgraphNames } from '../platform/events/catalogue.js';
import { ConfigError, type Config } from '../platform/process/config.js';
import type { CompleteConfig } from './infrastructure.js';

/** A configuration of one process of many: it knows its servers, its secrets and where every subgraph is. */
export interface ClusterConfig extends CompleteConfig {
  readonly redisUrl: string;
  readonly subgraphUrls: Readonly<Record<string, readonly string[]>>;
}

/** What one of many processes cannot work without; throws a ConfigError naming every variable that is missing or incomplete. */
export function requireClusterConfig(config: Config, { needsDatabase }: { needsDatabase: boolean }): ClusterConfig {
  const { secrets, redisUrl, subgraphUrls } = config;
  const problems = [
    ...(needsDatabase && config.databaseUrl === null ? ['DATABASE_URL: is required by a process of its own.'] : []),
    ...(redisUrl === null ? ['REDIS_URL: is required where processes hear each other.'] : []),
    ...(secrets === null ? ['TOKEN_KEY, VIEWER_SECRET, FILE_SECRET: are required, the same for every process.'] : []),
    ...urlProblems(subgraphUrls),
  ];
  if (problems.length > 0 || secrets === null || redisUrl === null || subgraphUrls === null)
    throw new ConfigError(problems);
  return { ...config, secrets, redisUrl, subgraphUrls };
}

function urlProblems(urls: Config['subgraphUrls']): readonly string[] {
  const missing = subgraphNames.filter((name) => !urls?.[name]);
  const unknown = Object.keys(urls ?? {}).filter((name) => !subgraphNames.some((known) => known === name));
  return [
    ...(missing.length > 0 ? [`SUBGRAPH_URLS: says nothing of ${missing.join(', ')}.`] : []),
    ...(unknown.length > 0 ? [`SUBGRAPH_URLS: there is no subgraph ${unknown.join(', ')}.`] : []),
  ];
}
