import { newSecrets } from '../platform/process/secrets.js';
import { subgraphNames } from '../platform/events/catalogue.js';
import { runCommand } from './harness/command.js';
import { environmentOf } from './harness/process.js';
import { makeTestPlace, type TestPlace } from './harness/target.js';

const needed = 'REDIS_URL SUBGRAPH_URLS PUBLIC_URL TOKEN_KEY VIEWER_SECRET FILE_SECRET COLUMN_KEYS INDEX_KEY';

describe('a process of its own that cannot start', () => {
  let place: TestPlace;
  let env: NodeJS.ProcessEnv;

  beforeAll(() => {
    place = makeTestPlace();
    const urls = subgraphNames.map((name) => `${name}=http://127.0.0.1:1`).join(',');
    env = { ...environmentOf(place), SUBGRAPH_URLS: urls, PUBLIC_URL: 'http://localhost:4000' };
  });
  afterAll(() => place.remove());

  it.each([
    ['subgraph', ['orders'], /orders .*migrations? .*\d{14}-initial.* \d{14}-relay-lease.*"npm run migrate"/],
    ['worker', [], /accounts .*migrations? .*\d{14}-initial.*"npm run migrate"/],
  ])('names the migrations that %s %j lacks', async (command, args, words) => {
    const ended = await runCommand(command, env, args);

    expect(ended).toEqual({ exitCode: 1, output: [], errors: [expect.stringMatching(words)] });
  });

  it.each([
    ['subgraph', ['kitchen'], 'Usage: node dist/bin/subgraph.js <name>, the name being one of accounts, layout, '],
    ['subgraph', [], 'Usage: node dist/bin/subgraph.js <name>'],
    ['worker', ['cooking'], 'Usage: node dist/bin/worker.js [family], the family being one of reports, '],
  ])('says how %s %j is to be called', async (command, args, words) => {
    const ended = await runCommand(command, env, args);

    expect(ended).toEqual({ exitCode: 1, output: [], errors: [expect.stringContaining(words)] });
  });

  it.each([
    ['gateway', [], needed],
    ['subgraph', ['orders'], `DATABASE_URL ${needed}`],
    ['worker', [], `DATABASE_URL ${needed}`],
  ])('names everything that %s %j lacks, a line each', async (command, args, variables) => {
    const { exitCode, output, errors } = await runCommand(command, { PATH: env['PATH'] }, args);

    expect([exitCode, output]).toEqual([1, []]);
    expect(errors.map((line) => line.split(':')[0]).join(' ')).toBe(variables);
  });

  it('names what is malformed together with what is missing, and tells no secret', async () => {
    const { fileSecret } = newSecrets();
    const given = { PATH: env['PATH'], PORT: 'http', SUBGRAPH_URLS: 'order=http://o:1', FILE_SECRET: fileSecret };

    const { errors } = await runCommand('gateway', given);

    expect(errors.map((line) => line.split(':')[0]).join(' ')).toBe(
      'PORT SUBGRAPH_URLS SUBGRAPH_URLS PUBLIC_URL TOKEN_KEY VIEWER_SECRET COLUMN_KEYS INDEX_KEY REDIS_URL',
    );
    expect(errors.join('\n')).not.toContain(fileSecret);
  });

  it('names a database that does not answer', async () => {
    const away = await runCommand('subgraph', { ...env, DATABASE_URL: 'mysql://twin@127.0.0.1:1' }, ['orders']);

    expect(away).toEqual({
      exitCode: 1,
      output: [],
      errors: [expect.stringMatching(/^The database at DATABASE_URL cannot be reached.*ECONNREFUSED/)],
    });
  });
});
