import { generateKeyPairSync } from 'node:crypto';
import { SignJWT } from 'jose';
import { openSigningKey, openVerifyingKeys } from '../platform/crypto/token-keys.js';
import { ManualClock } from '../platform/process/clock.js';
import { createTokenVerifier } from './access-token.js';

const start = '2026-11-21T10:00:00.000Z';
const lifetimeSeconds = 600;

async function issued() {
  const { privateKey } = generateKeyPairSync('ed25519');
  const pem = String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const { id: kid } = openSigningKey(pem);
  const clock = new ManualClock(start);
  const seconds = clock.now().getTime() / 1_000;
  const token = await new SignJWT({ sid: 'ses_1' })
    .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid })
    .setSubject('usr_1')
    .setIssuer('twinengine')
    .setAudience('twinengine-api')
    .setExpirationTime(seconds + lifetimeSeconds)
    .sign(privateKey);
  return { clock, token, verify: createTokenVerifier(openVerifyingKeys(pem, []), clock) };
}

/** The token with one bit of its payload, or of its signature, turned. */
function altered(token: string, part: 1 | 2): string {
  const parts = token.split('.').map((text) => Buffer.from(text, 'base64url'));
  const bytes = parts[part] ?? Buffer.alloc(0);
  // A letter of "sid": the payload stays JSON.
  bytes[4] = (bytes[4] ?? 0) ^ 1;
  return parts.map((text) => text.toString('base64url')).join('.');
}

describe('verified tokens', () => {
  it('are checked once and remembered', async () => {
    const { token, verify } = await issued();

    const first = await verify(token);

    expect(first).toMatchObject({ userId: 'usr_1', sessionId: 'ses_1' });
    expect(await verify(token)).toBe(first);
  });

  it('S16: a remembered token ends at the same moment as any other', async () => {
    const { clock, token, verify } = await issued();
    await verify(token);

    clock.advance(lifetimeSeconds * 1_000 - 1);
    const last = await verify(token);
    clock.advance(1);

    expect(last.expiresAtMs).toBe(clock.now().getTime());
    await expect(verify(token)).rejects.toMatchObject({ errors: [{ extensions: { code: 'TOKEN_EXPIRED' } }] });
  });

  it.each([
    ['payload', 1],
    ['signature', 2],
  ] as const)('S16: an altered %s is refused although the right token is remembered', async (_, part) => {
    const { token, verify } = await issued();
    await verify(token);

    const refusal = { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] };
    await expect(verify(altered(token, part))).rejects.toMatchObject(refusal);
    await expect(verify(altered(token, part))).rejects.toMatchObject(refusal);
  });
});
