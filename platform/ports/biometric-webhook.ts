import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { biometricProviders, type BiometricProvider, type WebhookSecrets } from './webhook-secrets.js';

/** What a provider tells: never a template or a picture, only what came of one. */
export const biometricEventKinds = ['LIVENESS_PASSED', 'LIVENESS_FAILED', 'ENROLMENT_REVOKED', 'DEVICE_LOST'] as const;
export type BiometricEventKind = (typeof biometricEventKinds)[number];

/** A provider's event, with what is ours in it. */
export interface BiometricEvent {
  readonly provider: BiometricProvider;
  /** The provider's own id of it, the same when it is told again. */
  readonly eventId: string;
  readonly kind: BiometricEventKind;
  /** Our id of the person, as the app gave it to the provider. */
  readonly userId: string;
  readonly deviceId: string | null;
  readonly occurredAt: string;
}

/** A callback as it came. */
export interface WebhookDelivery {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The bytes that were signed: a parsed and written body is another one. */
  readonly body: Buffer;
  readonly now: Date;
}

/** What a callback is worth: an event, one of a kind that means nothing here, unsigned, or signed but not to be read. */
export type WebhookVerdict =
  | { readonly kind: 'EVENT'; readonly event: BiometricEvent }
  | { readonly kind: 'IGNORED' }
  | { readonly kind: 'UNSIGNED' }
  | { readonly kind: 'MALFORMED' };

/** Reads the callbacks of one provider. */
export type ReadWebhook = (delivery: WebhookDelivery) => WebhookVerdict;

interface Adapter {
  readonly timestampHeader: string;
  readonly signatureHeader: string;
  /** The provider's words for what happened. */
  readonly kinds: Readonly<Record<string, BiometricEventKind>>;
}

const kinds: Adapter['kinds'] = {
  'liveness.passed': 'LIVENESS_PASSED',
  'liveness.failed': 'LIVENESS_FAILED',
  'enrollment.revoked': 'ENROLMENT_REVOKED',
  'device.lost': 'DEVICE_LOST',
};
const adapters: Readonly<Record<BiometricProvider, Adapter>> = {
  facetec: { timestampHeader: 'x-facetec-timestamp', signatureHeader: 'x-facetec-signature', kinds },
  generic: { timestampHeader: 'webhook-timestamp', signatureHeader: 'webhook-signature', kinds },
};

const windowMs = 5 * 60_000;

const bodyShape = z.object({
  id: z.string().min(1).max(128),
  type: z.string().min(1).max(60),
  occurredAt: z.iso.datetime({ offset: true }),
  subject: z.object({ userId: z.string().min(1).max(32), deviceId: z.string().min(1).max(128).nullish() }),
});

/** What reads the callbacks of a provider; null for one that has no secret here. */
export function webhookReader(secrets: WebhookSecrets, provider: string): ReadWebhook | null {
  const known = biometricProviders.find((name) => name === provider);
  const keys = known && secrets[known];
  if (!known || !keys?.length) return null;
  return (delivery) =>
    isSigned(adapters[known], delivery, keys) ? readBody(known, delivery.body) : { kind: 'UNSIGNED' };
}

// HMAC-SHA256 in hex over "<timestamp>.<body>": the time is signed, so that a delivery cannot be kept and sent again later.
function isSigned(
  { timestampHeader, signatureHeader }: Adapter,
  { headers, body, now }: WebhookDelivery,
  keys: readonly string[],
): boolean {
  const timestamp = headers[timestampHeader];
  const signature = headers[signatureHeader];
  if (typeof timestamp !== 'string' || !/^\d{1,12}$/.test(timestamp)) return false;
  if (typeof signature !== 'string' || !/^[0-9a-f]{64}$/.test(signature)) return false;
  if (Math.abs(now.getTime() - Number(timestamp) * 1_000) > windowMs) return false;
  const shown = Buffer.from(signature, 'hex');
  const matches = keys.map((key) =>
    timingSafeEqual(createHmac('sha256', key).update(`${timestamp}.`).update(body).digest(), shown),
  );
  return matches.includes(true);
}

// What else stands in the body is dropped here, and so never kept.
function readBody(provider: BiometricProvider, body: Buffer): WebhookVerdict {
  const { success, data } = bodyShape.safeParse(parsed(body));
  if (!success) return { kind: 'MALFORMED' };
  const kind = Object.hasOwn(adapters[provider].kinds, data.type) ? adapters[provider].kinds[data.type] : undefined;
  if (!kind) return { kind: 'IGNORED' };
  const { userId, deviceId = null } = data.subject;
  return { kind: 'EVENT', event: { provider, eventId: data.id, kind, userId, deviceId, occurredAt: data.occurredAt } };
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return null;
  }
}
