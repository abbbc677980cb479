import { registeredDocuments } from '../bin/gateway-parts.js';
import { startTestProduct, type TestProduct } from './harness/product.js';

describe('an integrator', () => {
  let twin: TestProduct;
  beforeAll(async () => {
    twin = await startTestProduct({ days: 1 });
  }, 180_000);
  afterAll(() => twin.stop());

  const send = async (body: object, apiKey = twin.demo.integrator.apiKey) => {
    const headers = { 'content-type': 'application/json', 'x-api-key': apiKey };
    const answer = await fetch(`${twin.url}/graphql`, { method: 'POST', headers, body: JSON.stringify(body) });
    return { status: answer.status, body: (await answer.json()) as { data?: any; errors?: any[] } };
  };
  const documentOf = (name: string) => twin.demo.integrator.documents.find((document) => document.name === name);

  it('S12 runs each of its documents with the key and nothing else', async () => {
    for (const { documentId, variables } of twin.demo.integrator.documents) {
      const { status, body } = await send({ documentId, variables });

      expect([status, body.errors]).toEqual([200, undefined]);
    }
    const { body } = await send({
      documentId: documentOf('SalesOfDay')?.documentId,
      variables: documentOf('SalesOfDay')?.variables,
    });
    expect(body.data.dashboard.sales.currency).toBe('INR');
  });

  it('S12 gets a strong ETag on GET, and 304 for it', async () => {
    const { documentId = '', variables = {} } = documentOf('OpenOrders') ?? {};
    const url = `${twin.url}/graphql?documentId=${encodeURIComponent(documentId)}&variables=${encodeURIComponent(JSON.stringify(variables))}`;
    const headers = { 'x-api-key': twin.demo.integrator.apiKey };

    const first = await fetch(url, { headers });
    const second = await fetch(url, { headers: { ...headers, 'if-none-match': first.headers.get('etag') ?? '' } });

    expect([first.status, first.headers.get('etag'), second.status]).toEqual([
      200,
      expect.stringMatching(/^"[^"]+"$/),
      304,
    ]);
  });

  it('S12 may run neither text nor a document that is not its own', async () => {
    const own = new Set(twin.demo.integrator.documents.map(({ documentId }) => documentId));
    const other = Object.keys(registeredDocuments())
      .map((hash) => `sha256:${hash}`)
      .find((id) => !own.has(id));

    const text = await send({ query: '{ health }' });
    const foreign = await send({ documentId: other });
    const unknown = await send({ documentId: `sha256:${'0'.repeat(64)}` });

    expect([text.status, text.body.errors?.[0].extensions.code]).toEqual([403, 'PERSISTED_QUERY_ID_REQUIRED']);
    expect([foreign.status, foreign.body.errors?.[0].extensions.code]).toEqual([404, 'PERSISTED_QUERY_NOT_IN_LIST']);
    expect([unknown.status, unknown.body.errors?.[0].extensions.code]).toEqual([404, 'PERSISTED_QUERY_NOT_IN_LIST']);
  });

  it('S12 gets nowhere with a wrong key, nor with ids of another brand', async () => {
    const { documentId, variables } = documentOf('SalesOfDay') ?? {};
    const wrong = await send({ documentId, variables }, 'twk_wrong');
    const foreign = await send({ documentId, variables: { outletId: twin.demo.brands[1]?.outlets[0]?.id } });

    expect([wrong.status, wrong.body.errors?.[0].extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
    expect(foreign.body.errors?.[0].extensions.code).toBe('NOT_FOUND');
  });
});
