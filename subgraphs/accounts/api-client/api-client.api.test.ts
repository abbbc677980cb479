import { createHash } from 'node:crypto';
import { anonymous, system, type Viewer } from '../../../platform/domain/viewer.js';
import { viewerWith } from '../../../tests/harness/viewers.js';
import { errorCode, holderOf, openCompany, type Company } from '../accounts.fixture.js';

const CLIENTS = `query ($first: Int! = 25, $after: String) {
  apiClients(first: $first, after: $after) { edges { node { id name isActive documentIds } } pageInfo { hasNextPage endCursor } }
}`;
const AUTHENTICATE = 'query ($apiKey: String) { authenticate(apiKey: $apiKey) { status id version } }';
const documentId = `sha256:${'0123456789abcdef'.repeat(4)}`;

describe('API clients', () => {
  let company: Company;
  let owner: Viewer;
  let stranger: Viewer;

  beforeAll(async () => {
    company = await openCompany();
    owner = holderOf('OWNER', { brandId: company.ours });
    stranger = holderOf('OWNER', { brandId: company.theirs });
  });
  afterAll(() => company.subgraph.stop());

  const create = (facts: object = {}, viewer = owner) =>
    company.make(
      'createApiClient',
      { brandId: company.ours, name: 'Partner', documentIds: [documentId], ...facts },
      viewer,
    );
  const authenticate = async (apiKey: string) =>
    (await company.subgraph.run(system, AUTHENTICATE, { apiKey })).data?.['authenticate'];
  const namesFor = async (viewer: Viewer) => {
    const { data } = await company.subgraph.run(viewer, CLIENTS, {});
    return data?.['apiClients'].edges.map(({ node }: { node: { name: string } }) => node.name);
  };

  it('are shown their key once, and only its hash is kept', async () => {
    const { apiKey, apiClient } = await create({ name: ' Delivery partner ' });

    expect(apiKey).toMatch(/^twk_[\w-]{43}$/);
    expect(apiClient).toEqual({
      id: expect.stringMatching(/^api_/),
      name: 'Delivery partner',
      documentIds: [documentId],
      isActive: true,
    });
    const stored = JSON.stringify(await company.rows());
    expect(stored).toContain(createHash('sha256').update(apiKey).digest('hex'));
    expect(stored).not.toContain(apiKey);
    expect(JSON.stringify(await company.subgraph.run(owner, CLIENTS, {}))).not.toContain('twk_');
    expect(await authenticate(apiKey)).toEqual({ status: 'ACTIVE', id: apiClient.id, version: 1 });
  });

  it('end at once when they are revoked, which is told once', async () => {
    const { apiKey, apiClient } = await create();

    const first = await company.make('revokeApiClient', { id: apiClient.id }, owner);
    const second = await company.make('revokeApiClient', { id: apiClient.id }, owner);

    const told = {
      aggregateId: apiClient.id,
      brandId: company.ours,
      outletId: null,
      payload: { apiClientId: apiClient.id },
    };
    expect([first.apiClient, second.apiClient]).toEqual(Array(2).fill({ ...apiClient, isActive: false }));
    expect(await authenticate(apiKey)).toEqual({ status: 'REVOKED', id: '', version: 0 });
    expect(await company.eventsOf('api-client.changed', apiClient.id)).toEqual([
      { ...told, aggregateVersion: 1 },
      { ...told, aggregateVersion: 2 },
    ]);
  });

  it('are told once when eight end one at the same time', async () => {
    const { apiClient } = await create();

    const answers = await Promise.all(
      Array.from({ length: 8 }, () => company.send(owner, 'revokeApiClient', { id: apiClient.id })),
    );

    expect(answers.map(({ data }) => data?.['revokeApiClient'].apiClient.isActive)).toEqual(Array(8).fill(false));
    expect(await company.eventsOf('api-client.changed', apiClient.id)).toHaveLength(2);
  });

  it.each([
    ['an empty name', () => ({ name: ' ' }), 'INVALID_INPUT', ['name']],
    ['a name of 121 characters', () => ({ name: 'x'.repeat(121) }), 'INVALID_INPUT', ['name']],
    [
      'a document that is none',
      () => ({ documentIds: [documentId, 'query { me { id } }'] }),
      'INVALID_INPUT',
      ['documentIds'],
    ],
    ['a document with a short hash', () => ({ documentIds: ['sha256:0123'] }), 'INVALID_INPUT', ['documentIds']],
  ])('are not made with %s', async (_what, facts, code, field) => {
    const before = await company.rows();
    const input = { brandId: company.ours, name: 'x', documentIds: [documentId], ...facts() };

    const answer = await company.send(owner, 'createApiClient', input);

    expect(answer.data?.['createApiClient']).toMatchObject({
      apiClient: null,
      apiKey: null,
      userErrors: [{ code, field }],
    });
    expect(await company.rows()).toEqual(before);
  });

  it('are not made at an outlet of another brand, even by somebody who works for both', async () => {
    const both: Viewer = { ...owner, grants: [...owner.grants, ...stranger.grants] };
    const before = await company.rows();
    const input = { brandId: company.ours, outletId: company.foreign, name: 'x', documentIds: [] };

    const byOwner = await company.send(owner, 'createApiClient', input);
    const byBoth = await company.send(both, 'createApiClient', input);

    expect(errorCode(byOwner)).toBe('NOT_FOUND');
    expect(byBoth.data?.['createApiClient'].userErrors).toMatchObject([{ code: 'INVALID_INPUT', field: ['outletId'] }]);
    expect(await company.rows()).toEqual(before);
  });

  it('ACC-17 are made by nobody who does not hold what a key allows', async () => {
    const clerk = viewerWith({
      role: 'rol_clerk',
      slugs: ['outlets.read', 'api-clients.manage'],
      brandId: company.ours,
    });
    const before = await company.rows();

    const answer = await company.send(clerk, 'createApiClient', { brandId: company.ours, name: 'x', documentIds: [] });

    expect(errorCode(answer)).toBe('FORBIDDEN');
    expect(await company.rows()).toEqual(before);
  });

  it('ACC-28 are made, seen and ended by nobody else', async () => {
    const { apiClient } = await create({ name: 'Hidden' });
    const before = await company.rows();
    const askers = [anonymous, holderOf('MANAGER', { brandId: company.ours }), stranger];

    const codes: unknown[] = [];
    for (const viewer of askers) {
      const created = await company.send(viewer, 'createApiClient', {
        brandId: company.ours,
        name: 'x',
        documentIds: [],
      });
      const revoked = await company.send(viewer, 'revokeApiClient', { id: apiClient.id });
      codes.push([created, revoked].map(errorCode));
    }
    const cafeOwner = holderOf('OWNER', { brandId: company.ours, outletId: company.cafe });
    const inBrand = await company.send(cafeOwner, 'createApiClient', {
      brandId: company.ours,
      name: 'x',
      documentIds: [],
    });

    expect(codes).toEqual([
      ['UNAUTHENTICATED', 'UNAUTHENTICATED'],
      ['FORBIDDEN', 'FORBIDDEN'],
      ['NOT_FOUND', 'NOT_FOUND'],
    ]);
    expect(errorCode(inBrand)).toBe('FORBIDDEN');
    expect(await company.rows()).toEqual(before);
    expect(await namesFor(stranger)).toEqual([]);
    expect(await namesFor(cafeOwner)).toEqual([]);
  });

  it('are pages by when they were made at the same cost, and a page of 101 is refused', async () => {
    for (let index = 0; index < 5; index += 1)
      await create({ brandId: company.theirs, name: `Client ${index}` }, stranger);

    const seen: string[] = [];
    const costs: number[] = [];
    let after: string | null = null;
    do {
      costs.push(
        await company.statementsOf(async () => {
          const { data } = await company.subgraph.run(stranger, CLIENTS, { first: 2, after });
          seen.push(...data?.['apiClients'].edges.map(({ node }: { node: { name: string } }) => node.name));
          after = data?.['apiClients'].pageInfo.hasNextPage ? data?.['apiClients'].pageInfo.endCursor : null;
        }),
      );
    } while (after !== null);

    expect(seen).toEqual(['Client 0', 'Client 1', 'Client 2', 'Client 3', 'Client 4']);
    expect(costs).toEqual([1, 1, 1]);
    expect(errorCode(await company.subgraph.run(stranger, CLIENTS, { first: 101 }))).toBe('BAD_USER_INPUT');
  });
});
