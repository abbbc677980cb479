import { viewerWith } from '../../tests/harness/viewers.js';
import { domainErrorCodes, notFound } from '../domain/errors.js';
import { anonymous, system, type Viewer } from '../domain/viewer.js';
import { askGraph, type AskedGraph } from './asked-graph.fixture.js';
import { buildSubgraph } from './build-subgraph.js';
import { failures, notePermissions, notes } from './note-graph.fixture.js';

const reader = viewerWith({ slugs: ['notes.read'], brandId: 'brd_1' });
const other = viewerWith({ slugs: ['other.thing'], brandId: 'brd_1' });
const owner = viewerWith({ slugs: ['all'], brandId: 'brd_1' });
const integrator: Viewer = { ...reader, kind: 'CLIENT', sessionId: null };
let graph: AskedGraph;

beforeEach(async () => {
  graph = await askGraph(notes);
});

async function codeOf(viewer: Viewer, query: string, variables?: Record<string, unknown>): Promise<unknown> {
  const { errors } = await graph.client.execute(graph.requestOf(viewer, query, variables));
  return errors?.[0]?.extensions['code'] ?? null;
}

describe('a subgraph', () => {
  it('is not built with a root field that has no rule', async () => {
    const { 'Query.greeting': _rule, 'Mutation.fail': _other, ...permissions } = notePermissions;

    await expect(buildSubgraph({ ...notes, permissions })).rejects.toThrow(
      'Root fields without a row in the permission table: Query.greeting, Mutation.fail',
    );
  });

  it('is not built with a rule that has no root field', async () => {
    const permissions = { ...notePermissions, 'Query.gone': 'PUBLIC', 'Subscription.gone': 'PUBLIC' } as const;

    await expect(buildSubgraph({ ...notes, permissions })).rejects.toThrow(
      'Rows of the permission table without a root field: Query.gone, Subscription.gone',
    );
  });

  it.each([
    [
      'nobody',
      anonymous,
      { greeting: null, viewerId: 'UNAUTHENTICATED', machinery: 'UNAUTHENTICATED', notes: 'UNAUTHENTICATED' },
    ],
    [
      'a user without the permission',
      other,
      { greeting: null, viewerId: null, machinery: 'FORBIDDEN', notes: 'FORBIDDEN' },
    ],
    ['a user with it', reader, { greeting: null, viewerId: null, machinery: 'FORBIDDEN', notes: null }],
    ['a user with all', owner, { greeting: null, viewerId: null, machinery: 'FORBIDDEN', notes: null }],
    [
      'an API client with it',
      integrator,
      { greeting: null, viewerId: 'FORBIDDEN', machinery: 'FORBIDDEN', notes: null },
    ],
    ['the product', system, { greeting: null, viewerId: null, machinery: null, notes: null }],
  ])('lets %s in where the rules say', async (_who, viewer, codes) => {
    // The permission decides before anything is read: there is no database here, and a page of 0 is refused after the rule.
    expect(await codeOf(viewer, '{ greeting }')).toBe(codes.greeting);
    expect(await codeOf(viewer, '{ viewerId }')).toBe(codes.viewerId);
    expect(await codeOf(viewer, '{ machinery }')).toBe(codes.machinery);
    expect(await codeOf(viewer, '{ notes(first: 0) { edges { cursor } } }')).toBe(codes.notes ?? 'BAD_USER_INPUT');
  });

  it('ACC-28 tells who signed in which permission a field takes, and nobody else', async () => {
    const told = async (viewer: Viewer) =>
      (await graph.client.execute(graph.requestOf(viewer, '{ notes(first: 0) { edges { cursor } } }'))).errors?.[0];

    expect(await told(other)).toMatchObject({
      message: 'You need the permission notes.read here.',
      extensions: { code: 'FORBIDDEN', details: { permission: ['notes.read'] } },
    });
    expect((await told(anonymous))?.message).toBe('Sign in to do this.');
    expect((await told(anonymous))?.extensions['details']).toBeUndefined();
  });

  it.each([
    ['nobody', anonymous, 'UNAUTHENTICATED'],
    ['a user without the permission', other, 'FORBIDDEN'],
  ])('opens no subscription for %s', async (_who, viewer, code) => {
    let followed = 0;
    const follow = async () => {
      followed += 1;
      throw new Error('unreachable');
    };
    graph = await askGraph(notes, { events: { follow } });

    const answer = await graph.client.subscribe(graph.requestOf(viewer, 'subscription { noteChanged { cursor } }'));

    expect(answer).toMatchObject({ errors: [{ extensions: { code } }] });
    expect(followed).toBe(0);
  });

  it('tells its schema to the product, keys included', async () => {
    const { data } = await graph.client.execute(graph.requestOf(system, '{ _service { sdl } }'));

    expect(data).toMatchObject({ _service: { sdl: expect.stringContaining('type Note @key(fields: "id") {') } });
  });
});

describe('a failure', () => {
  const asErrors = ['UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND'];
  const asData = domainErrorCodes.filter((code) => !asErrors.includes(code));

  const ofMutations: string[][] = [...asData.map((code) => [code, code]), ['malformed', 'INVALID_INPUT']];

  it.each(ofMutations)('%s of a mutation is data', async (how = '', code = '') => {
    const { data, errors } = await graph.client.execute(
      graph.requestOf(
        anonymous,
        'mutation ($how: String!) { fail(how: $how) { outcome userErrors { code message field } } }',
        { how },
      ),
    );

    const message = failures[how]?.().message;
    const field = how === 'malformed' ? ['first'] : ['input', 'x'];
    expect(errors).toBeUndefined();
    expect(data).toEqual({ fail: { outcome: null, userErrors: [{ code, message, field }] } });
  });

  it('of a mutation is an empty list when there is none', async () => {
    const { data } = await graph.client.execute(
      graph.requestOf(anonymous, 'mutation { fail(how: "not at all") { outcome userErrors { code } } }'),
    );

    expect(data).toEqual({ fail: { outcome: 'fine', userErrors: [] } });
  });

  it.each([
    ...asErrors.map((code) => [code, code]),
    ['conflict', 'CONFLICT_RETRY'],
    ['crash', 'INTERNAL_SERVER_ERROR'],
    ['away', 'SUBGRAPH_UNAVAILABLE'],
  ])('%s of a mutation is an error: %s', async (how, code) => {
    expect(await codeOf(anonymous, 'mutation ($how: String!) { fail(how: $how) { outcome } }', { how })).toBe(code);
  });

  const ofQueries: string[][] = [
    ...domainErrorCodes.map((code) => [code, code]),
    ['malformed', 'BAD_USER_INPUT'],
    ['conflict', 'CONFLICT_RETRY'],
    ['resync', 'RESYNC_REQUIRED'],
  ];

  it.each(ofQueries)('%s of a query is an error with the code %s and a place', async (how = '', code = '') => {
    const { data, errors } = await graph.client.execute(
      graph.requestOf(anonymous, 'query ($how: String!) { fail(how: $how) greeting }', { how }),
    );

    expect(data).toEqual({ fail: null, greeting: 'hello' });
    expect(errors).toMatchObject([{ path: ['fail'], message: failures[how]?.().message, extensions: { code } }]);
    expect(graph.lines).toEqual([]);
  });

  it('S29 F2 of a database that is away says that it may be tried again, and nothing of the database', async () => {
    graph.lines.splice(0);

    const answer = await graph.client.execute(graph.requestOf(anonymous, 'query { fail(how: "away") }'));

    expect(JSON.parse(JSON.stringify(answer.errors))).toEqual([
      {
        message: 'This part of the product is away. Try again; a change with the same idempotency key.',
        path: ['fail'],
        extensions: { code: 'SUBGRAPH_UNAVAILABLE' },
      },
    ]);
    expect(graph.lines).toMatchObject([{ err: { message: failures['away']?.().message } }]);
  });

  it('S29 nobody foresaw is told without its words, and logged with the request', async () => {
    for (const how of ['crash', 'misleading']) {
      graph.lines.splice(0);
      const request = graph.requestOf(anonymous, 'query ($how: String!) { fail(how: $how) }', { how });

      const answer = await graph.client.execute(request);

      const message = 'Something went wrong on our side. Quote the request id.';
      expect(JSON.parse(JSON.stringify(answer))).toEqual({
        data: { fail: null },
        errors: [{ message, path: ['fail'], extensions: { code: 'INTERNAL_SERVER_ERROR' } }],
      });
      expect(graph.lines).toMatchObject([
        { requestId: request.requestId, path: ['fail'], err: { message: failures[how]?.().message } },
      ]);
    }
  });

  it.each([
    ['a variable that is no decimal', 'query ($amount: Decimal!) { echo(amount: $amount) }', { amount: 1.5 }],
    ['a variable that is no time', 'query ($at: DateTime) { echo(amount: "1", at: $at) }', { at: 'yesterday' }],
    ['a variable that is missing', 'query ($amount: Decimal!) { echo(amount: $amount) }', {}],
    ['an argument that is no decimal', '{ echo(amount: 1.5) }', {}],
    ['an argument that is missing', '{ echo }', {}],
    ['a page of 101', '{ notes(first: 101) { edges { cursor } } }', {}],
    ['a page of a cursor nobody handed out', '{ notes(after: "x") { edges { cursor } } }', {}],
  ])('of the input is BAD_USER_INPUT: %s', async (_what, query, variables) => {
    expect(await codeOf(reader, query, variables)).toBe('BAD_USER_INPUT');
    expect(graph.lines).toEqual([]);
  });
});

describe('what is not found', () => {
  it.each([
    ['a query', 'query { fail(how: "NOT_FOUND") }'],
    ['a mutation', 'mutation { fail(how: "NOT_FOUND") { outcome } }'],
  ])('is looked for once more by %s, and not more often', async (_kind, query) => {
    expect(await codeOf(reader, query)).toBe('NOT_FOUND');
    expect(graph.catchUps()).toBe(1);
  });

  it('is answered when it has arrived meanwhile', async () => {
    let looks = 0;
    const find = async () => {
      looks += 1;
      if (looks === 1) throw notFound('The note');
      return { id: 'not_1', title: 'late' };
    };
    graph = await askGraph(notes, { em: { findOneOrFail: find } as never });

    const { data } = await graph.client.execute(graph.requestOf(reader, '{ note(id: "not_1") { title } }'));

    expect(data).toEqual({ note: { title: 'late' } });
    expect([looks, graph.catchUps()]).toEqual([2, 1]);
  });

  it('is looked for once more by a subscription too', async () => {
    let looks = 0;
    const follow = async () => {
      looks += 1;
      throw notFound('The place');
    };
    graph = await askGraph(notes, { events: { follow } });

    const answer = await graph.client.subscribe(graph.requestOf(reader, 'subscription { noteChanged { cursor } }'));

    expect(answer).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] });
    expect([looks, graph.catchUps()]).toEqual([2, 1]);
  });

  it.each(['FORBIDDEN', 'INVALID_STATE', 'crash'])('is not what %s is: nothing runs twice', async (how) => {
    await codeOf(reader, 'mutation ($how: String!) { fail(how: $how) { outcome } }', { how });

    expect(graph.catchUps()).toBe(0);
  });
});
