import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { GatewayOptions } from '../gateway/gateway.js';
import { graphiqlExamples } from '../gateway/graphiql/examples.js';
import { graphiqlAssets } from '../gateway/graphiql/graphiql-page.js';
import { openVerifyingKeys } from '../platform/crypto/token-keys.js';
import { webhookReader } from '../platform/ports/biometric-webhook.js';
import type { FileStorage } from '../platform/ports/files.js';
import type { PermissionRule } from '../platform/graphql/permissions.js';
import type { Clock } from '../platform/process/clock.js';
import { permissions } from '../schema/permissions.js';
import type { ProcessOptions } from './infrastructure.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const documentsShape = z.record(z.string(), z.string());

/** The registered documents, by SHA-256 of their text in hexadecimal. */
export function registeredDocuments(): Record<string, string> {
  const manifest = documentsShape.parse(
    JSON.parse(readFileSync(join(root, 'schema/client/persisted-documents.json'), 'utf8')),
  );
  return Object.fromEntries(Object.entries(manifest).map(([id, text]) => [id.replace(/^sha256:/, ''), text]));
}

/** What every gateway is made of, wherever its subgraphs are. */
export function gatewayParts(
  { config, clock, log }: ProcessOptions,
  files: FileStorage,
): Omit<GatewayOptions, 'clients' | 'events' | 'readiness'> {
  const examples = graphiqlExamples(join(root, 'schema/operations'));
  return {
    supergraphSdl: readSchema('supergraph.graphql'),
    apiSdl: readSchema('api.graphql'),
    viewerSecret: config.secrets.viewerSecret,
    tokenKeys: openVerifyingKeys(config.secrets.tokenKey, config.oldTokenKeys),
    clock,
    log,
    documents: registeredDocuments(),
    publicFields: publicFields(),
    openFile: (pathAndQuery) => openFile(files, pathAndQuery, clock),
    pages: { graphiql: graphiqlAssets(join(root, 'dist/gateway/graphiql/page')), examples: () => examples },
    biometricWebhooks: (provider) => webhookReader(config.biometricWebhookSecrets, provider),
    allowedOrigins: config.allowedOrigins,
    subgraphDeadlineMs: config.subgraphDeadlineMs,
    trustedProxies: config.trustedProxies,
  };
}

/** The root fields by which people sign in, refresh and prove themselves. A stale token at a menu is told, not passed over: its holder would silently see what guests see. */
function publicFields(): ReadonlySet<string> {
  const rules = Object.entries<PermissionRule>(permissions.accounts);
  return new Set(rules.filter(([, rule]) => rule === 'PUBLIC').map(([field]) => field));
}

function readSchema(name: string): string {
  return readFileSync(join(root, 'schema', name), 'utf8');
}

async function openFile(files: FileStorage, pathAndQuery: string, clock: Clock) {
  const verdict = files.verifySignedUrl(pathAndQuery, clock.now());
  if (verdict === 'EXPIRED' || verdict === 'INVALID') return { kind: verdict };
  const file = await files.get(verdict.key);
  return file ? { kind: 'FILE' as const, ...file, fileName: verdict.fileName } : { kind: 'INVALID' as const };
}
