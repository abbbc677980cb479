import { GraphQLError, parse, type ExecutionResult } from 'graphql';
import { Ctx, Query, Resolver, Subscription, Info, Root } from 'type-graphql';
import { viewerWith } from '../../tests/harness/viewers.js';
import type { Context } from '../context.js';
import { anonymous, system } from '../domain/viewer.js';
import { signatureLifetimeMs, signViewer } from '../domain/viewer-signature.js';
import { askGraph } from './asked-graph.fixture.js';
import type { SchemaParts } from './build-subgraph.js';
import { failures } from './note-graph.fixture.js';

/** The documents that were executed, the contexts they ran in, and how often the source was left. */
const seen = { documents: [] as object[], contexts: [] as object[], left: 0 };

/** A source that gives the numbers up to a last one, then waits for ever; it knows when it is left. */
function numbersUpTo(last: number): AsyncIterableIterator<number> {
  let next = 0;
  let leave = () => {};
  const left = new Promise<void>((resolve) => (leave = resolve));
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next: async () => {
      if (next < last) return { value: (next += 1), done: false };
      await left;
      return { value: undefined, done: true };
    },
    return: async () => {
      seen.left += 1;
      leave();
      return { value: undefined, done: true };
    },
  };
}

@Resolver()
class CountResolver {
  @Query(() => String)
  seen(@Info() { fieldNodes }: { fieldNodes: object[] }): string {
    seen.documents.push(...fieldNodes);
    return 'seen';
  }

  @Subscription(() => String, { nullable: true, subscribe: () => numbersUpTo(3) })
  counted(@Root() number: number, @Ctx() context: Context): string {
    seen.contexts.push(context);
    if (number === 2) throw failures['crash']?.() ?? new Error();
    return `${number} for ${context.viewer.id}`;
  }

  @Subscription(() => String, { subscribe: () => Promise.reject(failures['resync']?.()) })
  refused(): string {
    return 'never';
  }
}

const counting: SchemaParts = {
  resolvers: [CountResolver],
  references: {},
  permissions: { 'Query.seen': 'PUBLIC', 'Subscription.counted': 'PUBLIC', 'Subscription.refused': 'PUBLIC' },
};

beforeEach(() => Object.assign(seen, { documents: [], contexts: [], left: 0 }));

const secret = 'a secret of thirty-two characters';
const refusal = [new GraphQLError('A subgraph answers the gateway only.', { extensions: { code: 'UNAUTHENTICATED' } })];

async function eventsOf(query: string) {
  const graph = await askGraph(counting);
  const viewer = viewerWith({ slugs: [], brandId: 'brd_1', id: 'usr_ann' });
  const answer = await graph.client.subscribe(graph.requestOf(viewer, query));
  if (!(Symbol.asyncIterator in answer)) throw new Error(`It was refused: ${JSON.stringify(answer)}`);
  return { graph, events: answer };
}

const plain = (result: ExecutionResult): unknown => JSON.parse(JSON.stringify(result));

describe('a subgraph that is not asked by the gateway', () => {
  const signed = (audience: string, key: string, ageMs: number) => async () => {
    const { clock } = await askGraph(counting);
    const text = signViewer(system, audience, key, clock.now());
    clock.advance(ageMs);
    return text;
  };
  const altered = async () => {
    const [, signature] = (await signed('orders', secret, 0)()).split('.');
    const [forged] = signViewer(
      system,
      'orders',
      'another secret of thirty-two chars',
      (await askGraph(counting)).clock.now(),
    ).split('.');
    return `${forged}x.${signature}`;
  };

  it.each([
    ['without a signature', async () => ''],
    ['with nonsense', async () => 'a.b'],
    ['with one signature too many', async () => `${await signed('orders', secret, 0)()}.x`],
    ['with a signature of another secret', signed('orders', `${secret}!`, 0)],
    ['with a signature for another subgraph', signed('layout', secret, 0)],
    ['with an altered viewer', altered],
  ])('tells nothing %s, its schema included', async (_how, sign) => {
    const graph = await askGraph(counting);
    const signedViewer = await sign();

    for (const query of [
      '{ seen }',
      '{ _service { sdl } }',
      '{ __schema { types { name } } }',
      '{ nonsense }',
      'not GraphQL',
    ]) {
      const request = { ...graph.requestOf(anonymous, query), signedViewer };
      expect(await graph.client.execute(request)).toEqual({ errors: refusal });
      expect(await graph.client.subscribe(request)).toEqual({ errors: refusal });
    }
    expect(seen.documents).toEqual([]);
  });

  it('believes a signature for thirty seconds', async () => {
    const graph = await askGraph(counting);
    const request = graph.requestOf(system, '{ seen }');

    graph.clock.advance(signatureLifetimeMs - 1);
    expect(await graph.client.execute(request)).toEqual({ data: { seen: 'seen' } });
    graph.clock.advance(1);
    expect(await graph.client.execute(request)).toEqual({ errors: refusal });
  });
});

describe('a document', () => {
  it('is parsed once, however often it is sent', async () => {
    const graph = await askGraph(counting);
    for (let n = 0; n < 5; n += 1) await graph.client.execute(graph.requestOf(system, 'query A { seen }'));
    await graph.client.execute(graph.requestOf(system, 'query B { seen }'));

    expect(seen.documents).toHaveLength(6);
    expect(new Set(seen.documents).size).toBe(2);
  });

  it('is not parsed at all when the gateway has done so', async () => {
    const graph = await askGraph(counting);
    const document = parse('{ seen }');

    await graph.client.execute({ ...graph.requestOf(system, 'not even GraphQL'), document });

    expect(document.definitions).toMatchObject([{ selectionSet: { selections: seen.documents } }]);
  });

  it('may hold several operations', async () => {
    const graph = await askGraph(counting);
    const request = graph.requestOf(system, 'query A { a: seen } query B { b: seen }');

    expect(await graph.client.execute({ ...request, operationName: 'B' })).toEqual({ data: { b: 'seen' } });
  });
});

describe('a subscription', () => {
  it('answers every event for its viewer, with a context of its own, and hides what failed', async () => {
    const { graph, events } = await eventsOf('subscription { counted }');

    const answers = [await events.next(), await events.next(), await events.next()];

    expect(answers.map(({ value }) => plain(value))).toEqual([
      { data: { counted: '1 for usr_ann' } },
      { data: { counted: null }, errors: [expect.objectContaining({ extensions: { code: 'INTERNAL_SERVER_ERROR' } })] },
      { data: { counted: '3 for usr_ann' } },
    ]);
    expect(JSON.stringify(answers)).not.toContain('secret_table');
    expect(graph.lines).toHaveLength(1);
    expect(new Set(seen.contexts).size).toBe(3);
  });

  it('reaches its source at once when it is left, even while it waits', async () => {
    const { events } = await eventsOf('subscription { counted }');
    for (let n = 0; n < 3; n += 1) await events.next();
    const waiting = events.next();

    expect(await events.return?.()).toEqual({ value: undefined, done: true });

    expect(seen.left).toBe(1);
    expect(await waiting).toEqual({ value: undefined, done: true });
  });

  it('that its source refuses is an answer with the code', async () => {
    const graph = await askGraph(counting);

    const answer = await graph.client.subscribe(graph.requestOf(system, 'subscription { refused }'));

    expect(answer).toMatchObject({
      errors: [{ message: 'Read it again.', path: ['refused'], extensions: { code: 'RESYNC_REQUIRED' } }],
    });
  });
});
