import { inheritedEnvironment } from '../../platform/process/config.js';
import { stopOnSignal } from '../../platform/process/shutdown.js';
import { exitOnFailure } from '../../platform/process/startup.js';
import { readDemo } from '../demo/demo-file.js';
import { addressLines, signInLines } from '../ready-lines.js';
import { startServers } from '../servers/servers.js';
import { chooseDataFolder, readCommand, readConfig, sharedVariables, type DataFolder } from './cluster-settings.js';
import { startCluster } from './cluster.js';

const LONGEST_STOP_MS = 60_000;

/** Runs the whole product as processes of their own on this machine, behind one port, until it is told to stop. */
export async function main(args: readonly string[]): Promise<void> {
  await exitOnFailure(async () => {
    const command = readCommand(args);
    const given = inheritedEnvironment();
    const config = readConfig(given);
    // Before all is ready there is no order to keep: what was started ends with this process.
    let stop = async () => {};
    stopOnSignal(() => stop(), LONGEST_STOP_MS);
    const servers = await bringServers(given);
    const data = chooseDataFolder(given);
    const cluster = await startCluster({
      env: { ...given, ...servers.variables, ...sharedVariables(config, data.path) },
      replicas: command.replicas,
      port: config.port,
      host: config.host,
      write: print,
      isColoured: process.stdout.isTTY && !given['NO_COLOR'],
      ...(command.isDemoWanted ? {} : { demoDays: null }),
      ...(data.isTemporary ? { temporaryFolder: data.path } : {}),
    });
    stop = async () => {
      await cluster.stop();
      await servers.stop();
    };
    process.stdout.write(readyLines(cluster.url, data));
  });
}

/** The servers the environment names, and private ones for those it does not name. */
async function bringServers({ DATABASE_URL: databaseUrl, REDIS_URL: redisUrl }: NodeJS.ProcessEnv) {
  if (databaseUrl && redisUrl) return { variables: {}, stop: async () => undefined };
  const servers = await startServers({ databaseUrl, redisUrl });
  print(servers.describe);
  if (!databaseUrl)
    print('The database is a private one: its data lives only as long as this run. Give DATABASE_URL to keep it.');
  return {
    variables: { DATABASE_URL: databaseUrl || servers.databaseUrl, REDIS_URL: redisUrl || servers.redisUrl },
    stop: servers.stop,
  };
}

function readyLines(url: string, { path }: DataFolder): string {
  const demo = readDemo(path);
  return `${addressLines(url)}${demo ? signInLines(demo, path) : ''}TwinEngine is ready at ${url}\n`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
