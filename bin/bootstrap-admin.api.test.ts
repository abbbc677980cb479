import { OutboxEventEntity } from '../platform/data/outbox.entity.js';
import { anonymous, system } from '../platform/domain/viewer.js';
import { accounts } from '../subgraphs/accounts/subgraph.js';
import { environmentOf } from '../tests/harness/process.js';
import { startTestSubgraph, type TestSubgraph } from '../tests/harness/subgraph.js';
import { makeTestPlace, type TestPlace } from '../tests/harness/target.js';
import { runBootstrapAdmin } from './bootstrap-admin.fixture.js';

const password = 'correct horse battery';
const REGISTER = 'mutation ($input: RegisterInput!) { register(input: $input) { user { id } userErrors { code } } }';
const LOGIN = 'mutation ($input: LoginInput!) { login(input: $input) { refreshToken user { id profile { name } } } }';
const AUTHENTICATE =
  'query ($sessionId: ID) { authenticate(sessionId: $sessionId) { status grants { role brandId slugs } } }';
const BRAND = 'mutation ($input: CreateBrandInput!) { createBrand(input: $input) { brand { id } } }';
const spawnsMs = 180_000;

describe('bootstrap-admin beside a running server', () => {
  let place: TestPlace;
  let server: TestSubgraph;

  beforeAll(async () => {
    place = makeTestPlace();
    server = await startTestSubgraph(accounts, undefined, { place });
  });
  afterAll(async () => {
    await server.stop();
    await place.remove();
  });

  const run = (email: string, input = password) =>
    runBootstrapAdmin(['--email', email, '--name', 'Root', '--password-stdin'], environmentOf(place), input);
  const signIn = async (identifier: string) => {
    const { data } = await server.run(anonymous, LOGIN, { input: { identifier, password } });
    const sessionId = data?.['login'].refreshToken.split('.')[0];
    const rights = (await server.run(system, AUTHENTICATE, { sessionId })).data?.['authenticate'];
    return { user: data?.['login'].user, rights };
  };
  const rights = { status: 'ACTIVE', grants: [{ role: 'ADMIN', brandId: null, slugs: ['all'] }] };

  it(
    'ACC-37 makes an administrator the server knows at once',
    async () => {
      const { exitCode, errors } = await run('root@example.com');

      expect([exitCode, errors]).toEqual([0, '']);
      expect(await signIn('root@example.com')).toEqual({
        user: { id: expect.any(String), profile: { name: 'Root' } },
        rights,
      });
    },
    spawnsMs,
  );

  it(
    'ACC-37 leaves it to the server to publish that somebody has become one',
    async () => {
      const input = { email: 'ann@example.com', name: 'Ann', password: 'an older password' };
      const { data } = await server.run(anonymous, REGISTER, { input });
      const userId = data?.['register'].user.id;

      const { output } = await run('ann@example.com');

      expect(output).toBe(`Updated the administrator ann@example.com (${userId}).\n`);
      expect((await signIn('ann@example.com')).rights).toEqual(rights);
      await server.running.relay.flush();
      const events = await server.running.database.em.fork().find(OutboxEventEntity, { type: 'rights.changed' });
      expect(events).toEqual([expect.objectContaining({ aggregateId: userId, payload: { userId } })]);
      expect(events[0]?.publishedSeq).not.toBeNull();
    },
    spawnsMs,
  );

  it(
    'neither the command nor the server fails when both write at the same time',
    async () => {
      let isRunning = true;
      const commands = Promise.all(['a', 'b', 'c'].map((name) => run(`${name}@example.com`))).finally(
        () => (isRunning = false),
      );
      const failures: unknown[] = [];
      for (let count = 0; isRunning; count += 1) {
        const { data, errors } = await server.run(system, BRAND, { input: { name: `Brand ${count}` } });
        if (!data?.['createBrand'].brand) failures.push(errors);
      }

      expect((await commands).map(({ exitCode, errors }) => [exitCode, errors])).toEqual(Array(3).fill([0, '']));
      expect(failures).toEqual([]);
    },
    spawnsMs,
  );
});
