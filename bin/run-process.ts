import { systemClock } from '../platform/process/clock.js';
import { inheritedEnvironment } from '../platform/process/config.js';
import { createLog } from '../platform/process/log.js';
import { stopOnSignal } from '../platform/process/shutdown.js';
import { exitOnFailure } from '../platform/process/startup.js';
import type { ProcessOptions } from './infrastructure.js';
import { loadClusterConfig, type ClusterConfig } from './many-machines.js';

/** A process that answers on a port until it is stopped. */
export interface ListeningProcess {
  listen(port: number, host: string): Promise<{ readonly url: string; readonly port: number }>;
  /** Lets what is under way finish and hands back the rest. */
  stop(): Promise<void>;
}

/** What a process is, for its operators. */
export interface ProcessKind {
  readonly title: string;
  readonly needsDatabase: boolean;
  open(options: ProcessOptions<ClusterConfig>): Promise<ListeningProcess>;
}

/** Runs one process of many until it is told to stop; a start that fails ends with what to do about it. */
export async function runProcess({ title, needsDatabase, open }: ProcessKind): Promise<void> {
  await exitOnFailure(async () => {
    const config = loadClusterConfig(inheritedEnvironment(), { needsDatabase });
    const process_ = await open({ config, clock: systemClock, log: createLog(config.logLevel) });
    stopOnSignal(() => process_.stop());
    const { url } = await process_.listen(config.port, config.host);
    process.stdout.write(`The ${title} is ready at ${url}\n`);
  });
}
