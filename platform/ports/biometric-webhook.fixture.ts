import { createHmac } from 'node:crypto';

/** A secret long enough. */
export const webhookSecret = 'a secret of the provider';

/** A callback as the provider of FaceTec's servers sends it: its body and its headers. */
export function signedWebhook(
  body: string,
  { at, secret = webhookSecret }: { at: Date; secret?: string },
): { body: string; headers: Record<string, string> } {
  const timestamp = String(Math.floor(at.getTime() / 1_000));
  const signature = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
  return { body, headers: { 'x-facetec-timestamp': timestamp, 'x-facetec-signature': signature } };
}
