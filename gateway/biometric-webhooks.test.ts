import { signedWebhook, webhookSecret } from '../platform/ports/biometric-webhook.fixture.js';
import { webhookReader } from '../platform/ports/biometric-webhook.js';
import { TestGateway } from './gateway.fixture.js';

const body = JSON.stringify({
  id: 'evt-1',
  type: 'device.lost',
  occurredAt: '2026-11-21T09:59:00Z',
  subject: { userId: 'usr_1' },
});
const biometricWebhooks = (provider: string) => webhookReader({ facetec: [webhookSecret] }, provider);
const away = {
  execute: () => Promise.reject(new Error('connection refused')),
  subscribe: () => Promise.reject(new Error('connection refused')),
};

describe('a callback that cannot be kept', () => {
  it.each([
    ['is away', { accounts: away }],
    ['does not know it', {}],
  ])('ACC-23 is answered 503 while accounts %s, so that it is sent again', async (_what, clients) => {
    await using gateway = await TestGateway.start({ biometricWebhooks }, clients);
    const delivery = signedWebhook(body, { at: gateway.clock.now() });

    const answer = await gateway.fetch('/biometrics/webhooks/facetec', { method: 'POST', ...delivery });

    expect([answer.status, answer.body.code]).toEqual([503, 'SUBGRAPH_UNAVAILABLE']);
    expect(JSON.stringify(answer.body)).not.toMatch(/refused|receiveBiometricEvent/);
  });

  it('ACC-23 has no path where no provider has a secret', async () => {
    await using gateway = await TestGateway.start();
    const delivery = signedWebhook(body, { at: gateway.clock.now() });

    const answer = await gateway.fetch('/biometrics/webhooks/facetec', { method: 'POST', ...delivery });
    const nothing = await gateway.fetch('/nothing/at/all');

    expect([answer.status, { ...answer.body, requestId: '' }]).toEqual([404, { ...nothing.body, requestId: '' }]);
  });
});
