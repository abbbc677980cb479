import { z } from 'zod';
import { subgraphNames } from '../events/catalogue.js';

/** Everything a process is told from outside, read once. */
export interface Config {
  readonly port: number;
  readonly host: string;
  /** What clients call this server, without a slash at the end. */
  readonly publicUrl: string;
  readonly dataDir: string;
  /** null means SQLite files under `dataDir`. */
  readonly databaseUrl: string | null;
  /** Put before the names of schemas and queues, so that installations can share servers. */
  readonly namePrefix: string;
  /** null means jobs and events in process. */
  readonly redisUrl: string | null;
  /** Where each subgraph's replicas are, by its name; null means in this process. */
  readonly subgraphUrls: Readonly<Record<string, readonly string[]>> | null;
  /** How long a gateway waits for a subgraph, with all its attempts. */
  readonly subgraphDeadlineMs: number;
  readonly logLevel: string;
  readonly smtpUrl: string | null;
  readonly mailFrom: string;
  /** null means secrets made for this data folder, which only the embedded product may do. */
  readonly secrets: Secrets | null;
  readonly accessTokenSeconds: number;
  readonly refreshTokenSeconds: number;
  readonly allowedOrigins: readonly string[];
  /** Opens the view of the job queues to operators; null means that there is none. */
  readonly operatorPassword: string | null;
}

/** Keys that must never be guessed or shared. */
export interface Secrets {
  /** Ed25519 private key, PKCS #8 PEM: signs access tokens. */
  readonly tokenKey: string;
  /** Signs the viewer from gateway to subgraph. */
  readonly viewerSecret: string;
  /** Signs download links. */
  readonly fileSecret: string;
}

/** Settings that cannot be used, all of them at once, each with the way to mend it. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'ConfigError';
  }
}

const seconds = (fallback: number) => z.coerce.number().int().min(1).default(fallback);
const optionalUrl = (...schemes: string[]) =>
  z
    .string()
    .refine(
      (text) => URL.canParse(text) && schemes.includes(new URL(text).protocol.slice(0, -1)),
      `must be a URL starting with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`,
    )
    .optional();
const secret = z.string().min(32, 'must have at least 32 characters').optional();

const SUBGRAPH_URLS_FORM = 'must look like accounts=http://a:4001|http://b:4001,layout=http://c:4002';

const replicas = z.string().transform((text, context) => {
  const urls = new Map<string, readonly string[]>();
  for (const part of text.split(',')) {
    const [name = '', list = ''] = part.trim().split(/=(.*)/s);
    const origins = list.split('|').map((url) => url.trim());
    if (!/^[a-z]+$/.test(name) || !origins.every(isHttpOrigin)) {
      context.addIssue(SUBGRAPH_URLS_FORM);
      return z.NEVER;
    }
    urls.set(name, origins);
  }
  const missing = subgraphNames.filter((name) => !urls.has(name));
  const unknown = [...urls.keys()].filter((name) => !subgraphNames.some((known) => known === name));
  if (missing.length > 0) context.addIssue(`says nothing of ${missing.join(', ')}`);
  if (unknown.length > 0) context.addIssue(`there is no subgraph ${unknown.join(', ')}`);
  return Object.fromEntries(urls);
});

const environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(4000),
  HOST: z.string().min(1).default('127.0.0.1'),
  PUBLIC_URL: optionalUrl('http', 'https'),
  DATA_DIR: z.string().min(1).default('.data'),
  DATABASE_URL: optionalUrl('mysql', 'mariadb'),
  NAME_PREFIX: z
    .string()
    .regex(/^[a-z0-9_]{0,20}$/, 'has at most 20 lower-case letters, digits or underscores')
    .default(''),
  REDIS_URL: optionalUrl('redis', 'rediss'),
  SUBGRAPH_URLS: replicas.optional(),
  SUBGRAPH_DEADLINE_MS: z.coerce.number().int().min(100).max(60_000).default(3_000),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('warn'),
  SMTP_URL: optionalUrl('smtp', 'smtps'),
  MAIL_FROM: z.string().min(3).default('TwinEngine <no-reply@twinengine.example>'),
  TOKEN_KEY: z
    .string()
    .includes('BEGIN PRIVATE KEY', { message: 'must be an Ed25519 private key in PKCS #8 PEM' })
    .optional(),
  VIEWER_SECRET: secret,
  FILE_SECRET: secret,
  ACCESS_TOKEN_SECONDS: seconds(3_600),
  REFRESH_TOKEN_SECONDS: seconds(604_800),
  ALLOWED_ORIGINS: z.string().default(''),
  OPERATOR_PASSWORD: z.string().min(16, 'must have at least 16 characters').optional(),
});

/** Every variable that is read. */
export const variableNames: readonly string[] = [
  ...Object.keys(environment.shape),
  'TEST_DATABASE_URL',
  'TEST_REDIS_URL',
];

/** Why a variable must be given, by its name. */
export type RequiredVariables = Readonly<Record<string, string>>;

/** Reads the environment; throws a ConfigError naming every variable that is missing or malformed. */
export function loadConfig(env: NodeJS.ProcessEnv = process.env, required: RequiredVariables = {}): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(given);
  const missing = Object.entries({ ...requiredBeside(given), ...required }).filter(([name]) => !given[name]);
  const malformed = parsed.error?.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) ?? [];
  const problems = [...malformed, ...missing.map(([name, reason]) => `${name}: ${reason}`)];
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems);
  const values = parsed.data;
  return Object.freeze({
    port: values.PORT,
    host: values.HOST,
    publicUrl: (values.PUBLIC_URL ?? `http://localhost:${values.PORT}`).replace(/\/$/, ''),
    dataDir: values.DATA_DIR,
    databaseUrl: values.DATABASE_URL ?? null,
    namePrefix: values.NAME_PREFIX,
    redisUrl: values.REDIS_URL ?? null,
    subgraphUrls: values.SUBGRAPH_URLS ?? null,
    subgraphDeadlineMs: values.SUBGRAPH_DEADLINE_MS,
    logLevel: values.LOG_LEVEL,
    smtpUrl: values.SMTP_URL ?? null,
    mailFrom: values.MAIL_FROM,
    secrets: secretsOf(values),
    accessTokenSeconds: values.ACCESS_TOKEN_SECONDS,
    refreshTokenSeconds: values.REFRESH_TOKEN_SECONDS,
    allowedOrigins: values.ALLOWED_ORIGINS.split(',').flatMap((origin) => origin.trim() || []),
    operatorPassword: values.OPERATOR_PASSWORD ?? null,
  });
}

/** The variables that say where tests find real servers. */
export function testServerUrls(env: NodeJS.ProcessEnv = process.env): {
  databaseUrl: string | undefined;
  redisUrl: string | undefined;
} {
  return { databaseUrl: env['TEST_DATABASE_URL'], redisUrl: env['TEST_REDIS_URL'] };
}

/** A copy of this process's environment, for processes that it starts. */
export function inheritedEnvironment(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  return { ...env };
}

/** Keeps the gateway library from sending figures to its vendor; must be called before a gateway is constructed. */
export function disableVendorTelemetry(env: NodeJS.ProcessEnv = process.env): void {
  env['APOLLO_TELEMETRY_DISABLED'] = 'true';
}

function isHttpOrigin(text: string): boolean {
  const url = URL.parse(text);
  return url?.protocol === 'http:' && url.href === `${url.origin}/`;
}

// Secrets come all from outside or all from the data folder; half of each is a mistake, and a shared database must not trust made-up ones.
const secretsReason = 'is required with DATABASE_URL or beside other secrets; make one as .env.example says';
const secretsRequired = { TOKEN_KEY: secretsReason, VIEWER_SECRET: secretsReason, FILE_SECRET: secretsReason };

function requiredBeside(given: NodeJS.ProcessEnv): RequiredVariables {
  const needsSecrets = ['DATABASE_URL', ...Object.keys(secretsRequired)].some((name) => given[name]);
  return {
    ...(given['SUBGRAPH_URLS'] ? { PUBLIC_URL: 'is required with SUBGRAPH_URLS; links to files begin with it' } : {}),
    ...(needsSecrets ? secretsRequired : {}),
  };
}

function secretsOf({ TOKEN_KEY, VIEWER_SECRET, FILE_SECRET }: z.infer<typeof environment>): Secrets | null {
  if (!TOKEN_KEY || !VIEWER_SECRET || !FILE_SECRET) return null;
  return { tokenKey: TOKEN_KEY, viewerSecret: VIEWER_SECRET, fileSecret: FILE_SECRET };
}
