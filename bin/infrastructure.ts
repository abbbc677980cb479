import { join } from 'node:path';
import { createPdfRenderer } from '../platform/documents/pdf-renderer.js';
import { openRedisEventStream, type Outboxes } from '../platform/events/redis-stream.js';
import { LocalEventStream, type PublishingStream } from '../platform/events/stream.js';
import { openBullTransport } from '../platform/jobs/bull-transport.js';
import type { JobFamily } from '../platform/jobs/jobs.js';
import { createLocalTransport } from '../platform/jobs/local-transport.js';
import { openLimits } from '../platform/limits/limits.js';
import { createGoogleSignIn } from '../platform/ports/google-sign-in.js';
import { createLocalFiles } from '../platform/ports/local-files.js';
import { createProofOfWork } from '../platform/ports/proof-of-work.js';
import { createSiteVerify } from '../platform/ports/site-verify.js';
import { createMail } from '../platform/ports/local-mail.js';
import type { Ports } from '../platform/ports/ports.js';
import type { Clock } from '../platform/process/clock.js';
import type { Config, Secrets } from '../platform/process/config.js';
import type { Log } from '../platform/process/log.js';
import type { Infrastructure } from '../platform/subgraph-server.js';

/** A configuration whose secrets are known. */
export type CompleteConfig = Config & { readonly secrets: Secrets };

/** What a process is told and stands on. */
export interface ProcessOptions<Configuration extends Config = CompleteConfig> {
  readonly config: Configuration;
  readonly clock: Clock;
  readonly log: Log;
  /** Multiplies what the limits allow; 1 unless told, and only tests tell. */
  readonly generosity?: number;
  /** How long the limits wait for Redis; only tests tell. */
  readonly redisAnswersMs?: number;
}

/** How a process differs from others that run subgraphs. */
export interface InfrastructureOptions extends ProcessOptions {
  readonly pendingMigrations: Infrastructure['pendingMigrations'];
  /** The outboxes of subgraphs that are not in this process; none unless told. */
  readonly others?: Outboxes;
  /** Families whose jobs this process does, if it does any; all unless told. */
  readonly families?: readonly JobFamily[];
}

const noOthers: Outboxes = {
  readOutbox: async (source) => Promise.reject(unknownSource(source)),
  flush: async (source) => Promise.reject(unknownSource(source)),
};

/** What the subgraphs of a process run with, and how to close it after them. */
export async function openInfrastructure(
  options: InfrastructureOptions,
): Promise<Infrastructure & { close(): Promise<void> }> {
  const { config, clock, log, pendingMigrations } = options;
  const { redisUrl, namePrefix: prefix } = config;
  const ports = openPorts(config);
  const stream = await openStream(options);
  const limits = await openLimits({
    redisUrl,
    prefix,
    secret: config.secrets.viewerSecret,
    log,
    generosity: options.generosity,
    redisAnswersMs: options.redisAnswersMs,
  });
  return {
    location: locationOf(config),
    pendingMigrations,
    config,
    viewerSecret: config.secrets.viewerSecret,
    clock,
    log,
    ports,
    limits,
    stream,
    transportFor: (subgraph) =>
      redisUrl === null
        ? createLocalTransport()
        : openBullTransport({ redisUrl, prefix, subgraph, log, ...familiesOf(options) }),
    close: async () => {
      await stream.close();
      await limits.close();
      await ports.pdf.close();
    },
  };
}

/** Where the databases of a process are. */
export function locationOf({ databaseUrl: url, dataDir, namePrefix: prefix }: Config): Infrastructure['location'] {
  return { url, dataDir, prefix };
}

/** The event stream of a process: through Redis where there is one, so that all processes hear each other. */
export async function openStream({
  config: { redisUrl, namePrefix: prefix },
  log,
  others = noOthers,
}: Pick<InfrastructureOptions, 'config' | 'log' | 'others'>): Promise<PublishingStream> {
  return redisUrl === null ? new LocalEventStream() : openRedisEventStream({ redisUrl, prefix, log, others });
}

/** What a process reaches outside its databases. */
export function openPorts(config: CompleteConfig): Ports {
  const { dataDir, publicUrl, smtpUrl, mailFrom, secrets, challenge, google } = config;
  return {
    files: createLocalFiles({ folder: join(dataDir, 'files'), publicUrl, secret: secrets.fileSecret }),
    mail: createMail({ ...(smtpUrl ? { smtpUrl } : {}), from: mailFrom, folder: join(dataDir, 'mail') }),
    pdf: createPdfRenderer(),
    challenge: challenge ? createSiteVerify(challenge) : createProofOfWork({ secret: secrets.viewerSecret }),
    google: google && createGoogleSignIn(google),
  };
}

function familiesOf({ families }: InfrastructureOptions): { families?: readonly JobFamily[] } {
  return families ? { families } : {};
}

function unknownSource(source: string): Error {
  return new Error(`No outbox of ${source} is known here.`);
}
