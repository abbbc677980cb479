import { signViewer } from '../platform/domain/viewer-signature.js';
import { newId } from '../platform/domain/id.js';
import { issueCode } from '../subgraphs/accounts/code/code.operations.js';
import { change } from './harness/change.js';
import { clientOf, clientWithKey } from './harness/client.js';
import { startTestProduct, type TestProduct } from './harness/product.js';

type Kind = (typeof kinds)[number][0];

/** Everything the product signs or hands out as a proof of something: one line each. */
const kinds = [
  ['access token', async (twin: TestProduct) => (await twin.signIn('owner')).accessToken],
  ['refresh token', async (twin: TestProduct) => (await twin.signIn('owner')).refreshToken],
  ['API key', apiKeyOf],
  ['signed viewer', signedViewerOf],
  ['reset token', resetTokenOf],
] as const;

/** Where a proof is shown, which kind is believed there, and whether it was. */
const doors: readonly (readonly [string, Kind, (twin: TestProduct, proof: string) => Promise<boolean>])[] = [
  [
    'Authorization',
    'access token',
    async ({ url }, accessToken) => {
      const { status, body } = await clientOf(url, { accessToken, refreshToken: '' }).ask('{ me { id } }');
      return status === 200 && typeof body.data?.['me']?.id === 'string';
    },
  ],
  [
    'verifyToken',
    'access token',
    async (twin, token) => {
      const query = 'query ($token: String!) { verifyToken(token: $token) { isActive } }';
      return (await twin.nobody().ask(query, { token })).body.data?.['verifyToken'].isActive;
    },
  ],
  [
    'refreshToken',
    'refresh token',
    async (twin, refreshToken) => {
      const query = 'mutation ($input: RefreshTokenInput!) { refreshToken(input: $input) { accessToken } }';
      const { body } = await twin.nobody().ask(query, { input: { refreshToken } });
      return typeof body.data?.['refreshToken'].accessToken === 'string';
    },
  ],
  [
    'X-API-Key',
    'API key',
    async ({ url }, apiKey) => {
      const { body } = await clientWithKey(url, apiKey).ask('{ health }');
      return body.errors?.[0]?.extensions['code'] === 'PERSISTED_QUERY_ID_REQUIRED';
    },
  ],
  [
    'a subgraph',
    'signed viewer',
    async (twin, signedViewer) => {
      const facts = { idempotencyKey: null, remoteAddress: '127.0.0.1', userAgent: 'test', variables: {} };
      const request = { ...facts, query: '{ me { id } }', signedViewer, requestId: newId('req') };
      const { data } = await accountsOf(twin).client.execute(request);
      return typeof Object(data?.['me']).id === 'string';
    },
  ],
  // The last: nobody signs in with the old password after it.
  [
    'confirmPasswordReset',
    'reset token',
    async (twin, token) => {
      const query =
        'mutation ($input: ConfirmPasswordResetInput!) { confirmPasswordReset(input: $input) { isPasswordChanged } }';
      const { body } = await twin.nobody().ask(query, { input: { token, newPassword: 'another horse battery' } });
      return body.data?.['confirmPasswordReset'].isPasswordChanged === true;
    },
  ],
];

function accountsOf({ subgraphs }: TestProduct) {
  const accounts = subgraphs.find(({ name }) => name === 'accounts');
  if (!accounts) throw new Error('There are no accounts.');
  return accounts;
}

async function apiKeyOf(twin: TestProduct): Promise<string> {
  const facts = { brandId: twin.demo.brands[0]?.id, name: 'Kinds', documentIds: [] };
  return (await change(await twin.signIn('owner'), 'createApiClient', { facts, shows: 'apiKey' }))['apiKey'];
}

async function resetTokenOf(twin: TestProduct): Promise<string> {
  const { body } = await (await twin.signIn('owner')).ask('{ me { id } }');
  const context = accountsOf(twin).systemContext();
  const userId = String(body.data?.['me'].id);
  const { token } = await context.unitOfWork((em) => issueCode(context, em, { userId, purpose: 'PASSWORD_RESET' }));
  return token;
}

async function signedViewerOf(twin: TestProduct): Promise<string> {
  const { body } = await (await twin.signIn('owner')).ask('{ me { id } }');
  const viewer = { kind: 'USER', id: String(body.data?.['me'].id), sessionId: null, version: 1, grants: [] } as const;
  return signViewer(viewer, 'accounts', twin.viewerSecret, accountsOf(twin).systemContext().clock.now());
}

describe('proofs of one kind at the doors of others', () => {
  let twin: TestProduct;

  beforeAll(async () => void (twin = await startTestProduct()), 120_000);
  afterAll(() => twin.stop());

  it.each(doors)('S16 %s believes its own kind alone: the %s', async (_door, own, isOpened) => {
    const opened: string[] = [];
    for (const [kind, make] of kinds) if (await isOpened(twin, await make(twin))) opened.push(kind);

    expect(opened).toEqual([own]);
  });
});
