import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Viewer } from './viewer.js';

/** How long a signed viewer is believed: long enough for a slow request, too short to be worth stealing. */
export const signatureLifetimeMs = 30_000;

const signedViewer = z.object({
  audience: z.string(),
  expiresAt: z.number(),
  viewer: z.object({
    kind: z.enum(['ANONYMOUS', 'USER', 'CLIENT', 'SYSTEM']),
    id: z.string(),
    sessionId: z.string().nullable(),
    version: z.number(),
    grants: z.array(
      z.object({
        role: z.string(),
        brandId: z.string().nullable(),
        outletId: z.string().nullable(),
        slugs: z.array(z.string()),
      }),
    ),
  }),
});

/** Signs who is asking for one subgraph: `<payload>.<HMAC-SHA256>`, both base64url. */
export function signViewer(viewer: Viewer, audience: string, secret: string, now: Date): string {
  const payload = Buffer.from(
    JSON.stringify({ audience, expiresAt: now.getTime() + signatureLifetimeMs, viewer }),
  ).toString('base64url');
  return `${payload}.${digest(payload, secret).toString('base64url')}`;
}

/** The viewer in a signed text, or null if it is altered, expired or meant for another subgraph. */
export function verifyViewer(text: string, audience: string, secret: string, now: Date): Viewer | null {
  const [payload, signature, ...rest] = text.split('.');
  if (!payload || !signature || rest.length > 0) return null;
  const given = Buffer.from(signature, 'base64url');
  const expected = digest(payload, secret);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  const claims = signedViewer.parse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
  return claims.audience === audience && claims.expiresAt > now.getTime() ? claims.viewer : null;
}

function digest(payload: string, secret: string): Buffer {
  return createHmac('sha256', secret).update(payload).digest();
}
