import { addPerson } from './harness/callers.js';
import { change } from './harness/change.js';
import type { TestClient, TestSubscription } from './harness/client.js';
import { registerDevice, signInByDevice } from './harness/device.js';
import { startTestProduct, type TestProduct } from './harness/product.js';
import { signedWebhook, webhookSecret } from '../platform/ports/biometric-webhook.fixture.js';
import { plusMs, systemClock } from '../platform/process/clock.js';
import { NativeDevice } from '../subgraphs/accounts/device/native-device.fixture.js';
import { PasskeyDevice } from '../subgraphs/accounts/device/passkey-device.fixture.js';
import type { TestDevice } from '../subgraphs/accounts/device/test-device.fixture.js';

const WATCH = 'subscription ($outletId: ID!) { floorChanged(outletId: $outletId) { cursor } }';
const ME = '{ me { id deviceEnrolment } }';
const password = 'correct horse battery';
const withinMs = 5_000;

let twin: TestProduct;
let manager: TestClient;
let people = 0;

beforeAll(async () => {
  twin = await startTestProduct({ changes: { biometricWebhookSecrets: { facetec: [webhookSecret] } } });
  manager = await twin.signIn('manager');
}, 120_000);
afterAll(() => twin.stop());

/** Somebody whom the manager lets enrol a device, and who has. */
async function enrolled(device: TestDevice) {
  people += 1;
  const { userId, client } = await addPerson(twin, { name: `phone${people}`, role: 'WAITER' });
  const leave = { id: userId, isDeviceEnrolmentAllowed: true };
  await change(manager, 'updateUser', { facts: leave, shows: 'user { deviceEnrolment }' });
  const key = await registerDevice(client, device, password);
  return { userId, client, key };
}

/** A subscription that is open: nothing was told against it for a while. */
async function watching(client: TestClient): Promise<TestSubscription> {
  const subscription = client.subscribe(WATCH, { outletId: twin.demo.brands[0]?.outlets[0]?.id });
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(subscription.errors).toEqual([]);
  return subscription;
}

const codesOf = ({ errors }: TestSubscription) => errors.flat().map((error: any) => error.extensions?.code);
const codeOf = async (client: TestClient) => (await client.ask(ME)).body.errors?.[0]?.extensions['code'] ?? null;

describe.each<[string, () => TestDevice]>([
  ['a native key', () => new NativeDevice('EDDSA')],
  ['a passkey', () => new PasskeyDevice('ES256')],
])('a phone with %s', (_kind, make) => {
  it('ACC-19 ACC-20 S14 registers, signs in, works and is revoked: its open subscription and its session are told', async () => {
    const device = make();
    const { userId, client, key } = await enrolled(device);
    const phone = await signInByDevice(twin, device);
    const { body } = await phone.ask(ME);
    const open = await watching(phone);
    const elsewhere = await watching(client);

    await change(manager, 'revokeDeviceKey', { facts: { id: key.id }, shows: 'deviceKey { revokedAt }' });
    const revokedAt = performance.now();
    const closedWith = await open.closed;
    const closedAfterMs = performance.now() - revokedAt;

    process.stderr.write(
      `device key: revoked, and its subscription was closed after ${Math.round(closedAfterMs)} ms\n`,
    );
    expect(body.data?.['me']).toEqual({ id: userId, deviceEnrolment: 'ENROLLED' });
    expect([closedWith, codesOf(open)]).toEqual([4403, ['TOKEN_REVOKED']]);
    expect(closedAfterMs).toBeLessThan(withinMs);
    expect(await codeOf(phone)).toBe('TOKEN_REVOKED');
    expect(await codeOf(client)).toBeNull();
    expect(elsewhere.errors).toEqual([]);
    await expect(signInByDevice(twin, device)).rejects.toThrow('INVALID_CREDENTIALS');
    await elsewhere.close();
  });
});

describe('ACC-23 the provider’s callback at the one door', () => {
  let events = 0;

  const eventOf = (userId: string, deviceId: string, changes: object = {}) => {
    events += 1;
    const subject = { userId, deviceId };
    const facts = { id: `e2e-${events}`, type: 'device.lost', occurredAt: systemClock.now().toISOString() };
    return JSON.stringify({ ...facts, subject, ...changes });
  };
  const send = async (path: string, { method = 'POST', ...init }: RequestInit) => {
    const response = await fetch(`${twin.url}/biometrics/webhooks/${path}`, { method, ...init });
    const text = await response.text();
    return { status: response.status, text };
  };
  const signed = (body: string, at = systemClock.now()) => signedWebhook(body, { at });

  it('S14 that a phone is lost ends its session and its subscription, asynchronously, once', async () => {
    const device = new NativeDevice('EDDSA');
    const { userId } = await enrolled(device);
    const phone = await signInByDevice(twin, device);
    const open = await watching(phone);
    const delivery = signed(eventOf(userId, device.deviceId, { faceMap: 'TEMPLATE' }));

    const answers = [await send('facetec', delivery), await send('facetec', delivery)];
    const closedWith = await open.closed;

    expect(answers).toEqual(Array(2).fill({ status: 202, text: '{"status":"accepted"}\n' }));
    expect([closedWith, codesOf(open)]).toEqual([4403, ['TOKEN_REVOKED']]);
    expect(await codeOf(phone)).toBe('TOKEN_REVOKED');
    await expect(signInByDevice(twin, device)).rejects.toThrow('INVALID_CREDENTIALS');
  });

  it('S21 changes nothing where it is unsigned, altered, stale, huge, unreadable, of another provider or no POST', async () => {
    const device = new NativeDevice('EDDSA');
    const { userId } = await enrolled(device);
    const body = eventOf(userId, device.deviceId);
    const { headers } = signed(body);
    const stale = plusMs(systemClock.now(), -301_000);
    const huge = 'x'.repeat(65 * 1024);

    const answers = [
      await send('facetec', { body }),
      await send('facetec', { body: body.replace('e2e', 'e3e'), headers }),
      await send('facetec', signed(body, stale)),
      await send('facetec', signed(huge)),
      await send('facetec', signed('no event')),
      await send('generic', signed(body)),
      await send('unheard-of', signed(body)),
      await send('facetec', { method: 'GET' }),
      await send('facetec', signed(eventOf(userId, device.deviceId, { type: 'face.enrolled' }))),
    ];
    await twin.settle();

    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 413, 400, 404, 404, 405, 202]);
    expect(answers.map(({ text }) => text).join()).not.toContain(webhookSecret);
    expect((await (await signInByDevice(twin, device)).ask(ME)).body.data?.['me'].id).toBe(userId);
  });
});
