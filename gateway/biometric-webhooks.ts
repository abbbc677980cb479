import { parse } from 'graphql';
import { z } from 'zod';
import { unreachable } from '../platform/domain/errors.js';
import { system } from '../platform/domain/viewer.js';
import type { BiometricEvent, ReadWebhook } from '../platform/ports/biometric-webhook.js';
import type { Clock } from '../platform/process/clock.js';
import type { Log } from '../platform/process/log.js';
import { jsonAnswer, plainError, type Answer, type PlainError } from './http-answer.js';
import type { Asked } from './http-routes.js';
import { readRawBody } from './raw-body.js';
import { SubgraphUnavailable, type SubgraphCaller } from './subgraph-call.js';

/** What hears the callbacks of providers. */
export interface BiometricWebhookOptions {
  readonly readerOf: (provider: string) => ReadWebhook | null;
  readonly callAccounts: SubgraphCaller;
  readonly clock: Clock;
  readonly log: Log;
}

const text = `mutation ReceiveBiometricEvent($input: ReceiveBiometricEventInput!) {
  receiveBiometricEvent(input: $input) { isNew userErrors { code message } }
}`;
const document = parse(text);
const keptShape = z.object({ receiveBiometricEvent: z.object({ isNew: z.boolean() }) });
const maxWebhookBytes = 64 * 1024;

/**
 * Hears a provider's callback: 202 once it is kept, the same for one that was kept before; what follows from it follows
 * later. 404 for providers without a secret, 401 for what is not signed or too old, 413 above 64 KB, 503 while accounts is away.
 */
export async function answerBiometricWebhook(
  options: BiometricWebhookOptions,
  { message, requestId }: Asked,
  provider: string,
): Promise<Answer> {
  const refuse = (refusal: Omit<PlainError, 'requestId'>) => plainError({ ...refusal, requestId });
  const read = options.readerOf(provider);
  if (!read) return refuse(refusals.unknown);
  if (message.method !== 'POST') return withAllow(refuse(refusals.method));
  const body = await readRawBody(message, maxWebhookBytes);
  if (!body) return refuse(refusals.size);
  const verdict = read({ headers: message.headers, body, now: options.clock.now() });
  switch (verdict.kind) {
    case 'UNSIGNED':
      return refuse(refusals.unsigned);
    case 'MALFORMED':
      return refuse(refusals.malformed);
    case 'IGNORED':
      return accepted();
    case 'EVENT':
      return (await isKept(options, verdict.event, requestId)) ? accepted() : refuse(refusals.away);
    default:
      return unreachable(verdict);
  }
}

const refusals = {
  unknown: { status: 404, code: 'NOT_FOUND', message: 'There is nothing at this path.' },
  method: { status: 405, code: 'METHOD_NOT_ALLOWED', message: 'This path serves POST only.' },
  size: { status: 413, code: 'BAD_REQUEST', message: `The body must not be larger than ${maxWebhookBytes / 1024} KB.` },
  unsigned: { status: 401, code: 'UNAUTHENTICATED', message: 'The signature is missing, wrong or too old.' },
  malformed: { status: 400, code: 'BAD_REQUEST', message: 'The body is not an event.' },
  away: { status: 503, code: 'SUBGRAPH_UNAVAILABLE', message: 'It cannot be kept at the moment: send it again.' },
} as const;

async function isKept(
  { callAccounts, log }: BiometricWebhookOptions,
  event: BiometricEvent,
  requestId: string,
): Promise<boolean> {
  const context = { viewer: system, requestId, idempotencyKey: null, remoteAddress: '', userAgent: '' };
  try {
    const { data, errors } = await callAccounts(
      { query: text, document, operationName: 'ReceiveBiometricEvent', variables: { input: event } },
      context,
    );
    const isDone = keptShape.safeParse(data).success;
    if (!isDone) log.error({ err: errors?.[0], requestId }, 'a biometric event was not kept');
    return isDone;
  } catch (error) {
    if (error instanceof SubgraphUnavailable) return false;
    throw error;
  }
}

function accepted(): Answer {
  return jsonAnswer(202, { status: 'accepted' });
}

function withAllow(answer: Answer): Answer {
  return { ...answer, headers: { ...answer.headers, allow: 'POST' } };
}
