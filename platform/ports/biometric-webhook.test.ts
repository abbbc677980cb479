import { instant, plusMs } from '../process/clock.js';
import { signedWebhook, webhookSecret } from './biometric-webhook.fixture.js';
import { webhookReader, type WebhookDelivery } from './biometric-webhook.js';
import { parseWebhookSecrets } from './webhook-secrets.js';

const now = instant('2026-03-14T12:00:00.000Z');
const event = {
  id: 'evt-1',
  type: 'device.lost',
  occurredAt: '2026-03-14T11:59:00.000Z',
  subject: { userId: 'usr_1', deviceId: 'phone' },
};
const text = JSON.stringify(event);

function deliver(body: string, changes: { at?: Date; secret?: string; headers?: Record<string, string> } = {}) {
  const { headers } = signedWebhook(body, { at: now, ...changes });
  return { headers: { ...headers, ...changes.headers }, body: Buffer.from(body), now };
}

const read = (delivery: WebhookDelivery) => webhookReader({ facetec: [webhookSecret] }, 'facetec')?.(delivery);

describe('the callback of a provider of biometrics', () => {
  it('ACC-23 is read where it is signed, now or within five minutes', () => {
    const expected = {
      kind: 'EVENT',
      event: {
        provider: 'facetec',
        eventId: 'evt-1',
        kind: 'DEVICE_LOST',
        userId: 'usr_1',
        deviceId: 'phone',
        occurredAt: event.occurredAt,
      },
    };
    for (const offsetMs of [0, -300_000, 300_000])
      expect(read(deliver(text, { at: plusMs(now, offsetMs) }))).toEqual(expected);
  });

  it.each([
    ['another secret', deliver(text, { secret: 'another secret of them' })],
    ['a time too long ago', deliver(text, { at: plusMs(now, -301_000) })],
    ['a time to come', deliver(text, { at: plusMs(now, 301_000) })],
    ['another body', { ...deliver(text), body: Buffer.from(text.replace('phone', 'other')) }],
    ['a body with a space more', { ...deliver(text), body: Buffer.from(`${text} `) }],
    ['no signature', deliver(text, { headers: { 'x-facetec-signature': '' } })],
    ['a signature cut short', deliver(text, { headers: { 'x-facetec-signature': 'ab' } })],
    ['a signature that is no hex', deliver(text, { headers: { 'x-facetec-signature': 'z'.repeat(64) } })],
    ['no time', deliver(text, { headers: { 'x-facetec-timestamp': '' } })],
    ['another time than was signed', deliver(text, { headers: { 'x-facetec-timestamp': '1773489601' } })],
    ['a time that is no number', deliver(text, { headers: { 'x-facetec-timestamp': 'NaN' } })],
    ['the headers of another provider', { headers: {}, body: Buffer.from(text), now }],
  ])('S21 ACC-23 is not believed with %s', (_what, delivery) => {
    expect(read(delivery)).toEqual({ kind: 'UNSIGNED' });
  });

  it.each([
    ['no JSON', 'device.lost'],
    ['an empty body', ''],
    ['a list', '[]'],
    ['no id', JSON.stringify({ ...event, id: undefined })],
    ['a huge id', JSON.stringify({ ...event, id: 'x'.repeat(129) })],
    ['nobody it is about', JSON.stringify({ ...event, subject: {} })],
    ['no time', JSON.stringify({ ...event, occurredAt: 'yesterday' })],
  ])('ACC-23 is malformed with %s, though signed', (_what, body) => {
    expect(read(deliver(body))).toEqual({ kind: 'MALFORMED' });
  });

  it.each(['enrollment.created', 'constructor', '__proto__'])('ACC-23 of %s means nothing here', (type) => {
    expect(read(deliver(JSON.stringify({ ...event, type })))).toEqual({ kind: 'IGNORED' });
  });

  it('ACC-22 loses what a face looks like as soon as it is read', () => {
    const body = JSON.stringify({ ...event, faceMap: 'TEMPLATE', subject: { ...event.subject, image: 'PICTURE' } });

    expect(JSON.stringify(read(deliver(body)))).not.toMatch(/TEMPLATE|PICTURE/);
  });

  it('S21 is believed by the old secret too while both are there', () => {
    const both = webhookReader({ facetec: ['the new secret of it', webhookSecret] }, 'facetec');

    expect(both?.(deliver(text))).toMatchObject({ kind: 'EVENT' });
    expect(both?.(deliver(text, { secret: 'the new secret of it' }))).toMatchObject({ kind: 'EVENT' });
  });

  it.each(['generic', 'unheard-of', 'constructor', ''])(
    'ACC-23 is not heard of %j, which has no secret',
    (provider) => {
      expect(webhookReader({ facetec: [webhookSecret] }, provider)).toBeNull();
    },
  );
});

describe('secrets of providers', () => {
  it('are read from a text', () => {
    expect(
      parseWebhookSecrets('facetec:0123456789abcdef, generic:a:secret:with:colons,facetec:fedcba9876543210'),
    ).toEqual({ facetec: ['0123456789abcdef', 'fedcba9876543210'], generic: ['a:secret:with:colons'] });
  });

  it.each([
    'facetec',
    'facetec:',
    'facetec:short',
    'unknown:0123456789abcdef',
    ':0123456789abcdef',
    'facetec:0123456789abcdef,',
  ])('are refused in %j', (secrets) => expect(parseWebhookSecrets(secrets)).toBeNull());
});
