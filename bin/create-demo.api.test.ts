import { openDatabase } from '../platform/data/database.js';
import { ensureSchema } from '../platform/data/schema.js';
import { anonymous } from '../platform/domain/viewer.js';
import { MembershipEntity } from '../subgraphs/accounts/membership/membership.entity.js';
import { OutletEntity } from '../subgraphs/accounts/outlet/outlet.entity.js';
import { accounts } from '../subgraphs/accounts/subgraph.js';
import { runCommand } from '../tests/harness/command.js';
import { environmentOf } from '../tests/harness/process.js';
import { startTestSubgraph } from '../tests/harness/subgraph.js';
import { makeTestPlace, type TestPlace } from '../tests/harness/target.js';

const spawnsMs = 180_000;
const LOGIN = 'mutation ($input: LoginInput!) { login(input: $input) { user { id } userErrors { code } } }';

describe('create-demo', () => {
  let place: TestPlace;

  beforeAll(async () => {
    place = makeTestPlace();
    const database = await openDatabase(accounts.name, place.location, accounts.entities);
    await ensureSchema(database, accounts.migrations);
    await database.close();
  });
  afterAll(() => place.remove());

  it(
    'ACC-38 makes the company once, however often and however many at a time it is run, and its people can sign in',
    async () => {
      const env = environmentOf(place);

      const runs = await Promise.all([runCommand('create-demo', env), runCommand('create-demo', env)]);
      const again = await runCommand('create-demo', env);

      expect([...runs, again].map(({ exitCode, errors }) => [exitCode, errors])).toEqual(Array(3).fill([0, []]));
      const places = new Set([...runs, again].map(({ output }) => output[0]));
      expect([...places]).toEqual([
        expect.stringMatching(/^Demo Restaurant Group \(brd_\w{26}\), Downtown Cafe in Mumbai \(out_\w{26}\)$/),
      ]);
      const told = runs.flatMap(({ output }) => output.slice(1)).filter((line) => !line.endsWith('there already'));
      expect(told.map((line) => line.split(' ')[0])).toEqual(['MANAGER', 'WAITER', 'CHEF']);
      expect(again.output.slice(1).every((line) => line.endsWith(': there already'))).toBe(true);

      const server = await startTestSubgraph(accounts, undefined, { place });
      try {
        const em = server.running.database.em.fork();
        const [outlet] = await em.find(OutletEntity, {});
        expect(await em.count(OutletEntity)).toBe(1);
        expect(outlet).toMatchObject({ city: 'Mumbai', currency: 'INR', timeZone: 'Asia/Kolkata' });
        for (const line of told) {
          const [roleId = '', identifier = '', password = ''] = line.split(/:? /);
          const { data } = await server.run(anonymous, LOGIN, { input: { identifier, password } });
          const memberships = await em.find(MembershipEntity, { userId: data?.['login'].user?.id });
          expect(memberships).toMatchObject([{ roleId, brandId: outlet?.brandId, outletId: outlet?.id }]);
        }
      } finally {
        await server.stop();
      }
    },
    spawnsMs,
  );
});
