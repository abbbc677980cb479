import { z } from 'zod';
import { subgraphNames } from '../events/catalogue.js';
import { parseTrustedProxies, TRUSTED_PROXIES_FORM, type TrustedProxies } from './trusted-proxies.js';
import { COLUMN_KEYS_FORM, parseColumnKeys, type ColumnKeyRing } from '../crypto/column-keys.js';
import { parseWebhookSecrets, WEBHOOK_SECRETS_FORM, type WebhookSecrets } from '../ports/webhook-secrets.js';
import { OLD_TOKEN_KEYS_FORM, parseOldTokenKeys, type OldTokenKey } from '../crypto/token-keys.js';

/** Everything a process is told from outside, read once. */
export interface Config {
  readonly port: number;
  readonly host: string;
  /** What clients call this server, without a slash at the end. */
  readonly publicUrl: string;
  /** Where people use the product: links in mails begin with it, without a slash at the end. */
  readonly appUrl: string;
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
  /** The vendor whose widget tells people from programs; null means a proof of work. */
  readonly challenge: { provider: 'turnstile' | 'hcaptcha'; siteKey: string; secret: string } | null;
  /** This product as Google knows it; null means that nobody signs in with Google. */
  readonly google: { clientId: string; clientSecret: string } | null;
  /** null means secrets made for this data folder, which only the embedded product may do. */
  readonly secrets: Secrets | null;
  readonly accessTokenSeconds: number;
  readonly refreshTokenSeconds: number;
  /** For how long after an exchange its reply is given again to a client that lost it. */
  readonly refreshGraceSeconds: number;
  /** Keys that no longer sign; tokens they signed are believed until the stated end of each. */
  readonly oldTokenKeys: readonly OldTokenKey[];
  readonly allowedOrigins: readonly string[];
  /** Whose `X-Forwarded-For` the gateway believes; 0 means nobody's: the client is who opened the socket. */
  readonly trustedProxies: TrustedProxies;
  /** What providers of biometrics sign their callbacks with; those of others are not heard. */
  readonly biometricWebhookSecrets: WebhookSecrets;
  /** The relying party of passkeys; null means the host name of `publicUrl`. */
  readonly passkeyRpId: string | null;
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
  /** Seal personal data in columns; the first seals, all open. */
  readonly columnKeys: ColumnKeyRing;
  /** Makes the blind indexes that personal data is found by; it cannot be changed without making them all again. */
  readonly indexKey: string;
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

const columnKeys = z.string().transform((text, context) => {
  const ring = parseColumnKeys(text);
  if (!ring) context.addIssue(COLUMN_KEYS_FORM);
  return ring ?? [];
});

const trustedProxies = z.string().transform((text, context) => {
  const proxies = parseTrustedProxies(text);
  if (proxies === null) context.addIssue(TRUSTED_PROXIES_FORM);
  return proxies ?? 0;
});

const oldTokenKeys = z.string().transform((text, context) => {
  const keys = parseOldTokenKeys(text);
  if (!keys) context.addIssue(OLD_TOKEN_KEYS_FORM);
  return keys ?? [];
});

const webhookSecrets = z.string().transform((text, context) => {
  const secrets = parseWebhookSecrets(text);
  if (!secrets) context.addIssue(WEBHOOK_SECRETS_FORM);
  return secrets ?? {};
});

const environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(4000),
  HOST: z.string().min(1).default('127.0.0.1'),
  PUBLIC_URL: optionalUrl('http', 'https'),
  APP_URL: optionalUrl('http', 'https'),
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
  CHALLENGE_PROVIDER: z.enum(['turnstile', 'hcaptcha']).optional(),
  CHALLENGE_SITE_KEY: z.string().optional(),
  CHALLENGE_SECRET: z.string().optional(),
  GOOGLE_CLIENT_ID: z.string().optional(),
  GOOGLE_CLIENT_SECRET: z.string().optional(),
  TOKEN_KEY: z
    .string()
    .includes('BEGIN PRIVATE KEY', { message: 'must be an Ed25519 private key in PKCS #8 PEM' })
    .optional(),
  VIEWER_SECRET: secret,
  FILE_SECRET: secret,
  COLUMN_KEYS: columnKeys.optional(),
  INDEX_KEY: secret,
  ACCESS_TOKEN_SECONDS: seconds(3_600),
  REFRESH_TOKEN_SECONDS: seconds(604_800),
  REFRESH_GRACE_SECONDS: z.coerce.number().int().min(0).max(300).default(30),
  TOKEN_KEYS_OLD: oldTokenKeys.optional(),
  ALLOWED_ORIGINS: z.string().default(''),
  TRUSTED_PROXIES: trustedProxies.optional(),
  BIOMETRIC_WEBHOOK_SECRETS: webhookSecrets.optional(),
  PASSKEY_RP_ID: z
    .string()
    .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)*$/, 'must be a host name, such as example.com')
    .optional(),
  OPERATOR_PASSWORD: z.string().min(16, 'must have at least 16 characters').optional(),
});

/** The variables that hold secrets: all of them are given, or none. */
export const secretNames = ['TOKEN_KEY', 'VIEWER_SECRET', 'FILE_SECRET', 'COLUMN_KEYS', 'INDEX_KEY'] as const;

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
  const publicUrl = values.PUBLIC_URL ?? `http://localhost:${values.PORT}`;
  return Object.freeze({
    port: values.PORT,
    host: values.HOST,
    publicUrl: publicUrl.replace(/\/$/, ''),
    appUrl: (values.APP_URL ?? publicUrl).replace(/\/$/, ''),
    dataDir: values.DATA_DIR,
    databaseUrl: values.DATABASE_URL ?? null,
    namePrefix: values.NAME_PREFIX,
    redisUrl: values.REDIS_URL ?? null,
    subgraphUrls: values.SUBGRAPH_URLS ?? null,
    subgraphDeadlineMs: values.SUBGRAPH_DEADLINE_MS,
    logLevel: values.LOG_LEVEL,
    smtpUrl: values.SMTP_URL ?? null,
    mailFrom: values.MAIL_FROM,
    challenge: challengeOf(values),
    google: googleOf(values),
    secrets: secretsOf(values),
    accessTokenSeconds: values.ACCESS_TOKEN_SECONDS,
    refreshTokenSeconds: values.REFRESH_TOKEN_SECONDS,
    refreshGraceSeconds: values.REFRESH_GRACE_SECONDS,
    oldTokenKeys: values.TOKEN_KEYS_OLD ?? [],
    allowedOrigins: values.ALLOWED_ORIGINS.split(',').flatMap((origin) => origin.trim() || []),
    trustedProxies: values.TRUSTED_PROXIES ?? 0,
    biometricWebhookSecrets: values.BIOMETRIC_WEBHOOK_SECRETS ?? {},
    passkeyRpId: values.PASSKEY_RP_ID ?? null,
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

// Half a vendor is a mistake that would lock out whoever mistypes a password.
function challengeOf(values: z.infer<typeof environment>): Config['challenge'] {
  const { CHALLENGE_PROVIDER: provider, CHALLENGE_SITE_KEY: siteKey, CHALLENGE_SECRET: secret } = values;
  if (provider && siteKey && secret) return { provider, siteKey, secret };
  if (!provider && !siteKey && !secret) return null;
  throw new ConfigError(['CHALLENGE_PROVIDER: needs CHALLENGE_SITE_KEY and CHALLENGE_SECRET, and they need it']);
}

function googleOf(values: z.infer<typeof environment>): Config['google'] {
  const { GOOGLE_CLIENT_ID: clientId, GOOGLE_CLIENT_SECRET: clientSecret } = values;
  if (clientId && clientSecret) return { clientId, clientSecret };
  if (!clientId && !clientSecret) return null;
  throw new ConfigError(['GOOGLE_CLIENT_ID: needs GOOGLE_CLIENT_SECRET, and the other way round']);
}

// Secrets come all from outside or all from the data folder; half of each is a mistake, and a shared database must not trust made-up ones.
const secretsReason = 'is required with DATABASE_URL or beside other secrets; make one as .env.example says';

function requiredBeside(given: NodeJS.ProcessEnv): RequiredVariables {
  const needsSecrets = ['DATABASE_URL', ...secretNames].some((name) => given[name]);
  return {
    ...(given['SUBGRAPH_URLS'] ? { PUBLIC_URL: 'is required with SUBGRAPH_URLS; links to files begin with it' } : {}),
    ...(needsSecrets ? Object.fromEntries(secretNames.map((name) => [name, secretsReason])) : {}),
  };
}

function secretsOf(values: z.infer<typeof environment>): Secrets | null {
  const { TOKEN_KEY: tokenKey, VIEWER_SECRET: viewerSecret, FILE_SECRET: fileSecret } = values;
  const { COLUMN_KEYS: columnKeys, INDEX_KEY: indexKey } = values;
  if (!tokenKey || !viewerSecret || !fileSecret || !columnKeys || !indexKey) return null;
  return { tokenKey, viewerSecret, fileSecret, columnKeys, indexKey };
}
