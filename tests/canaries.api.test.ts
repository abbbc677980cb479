import { until } from '../platform/events/events.fixture.js';
import { attempt, beRefused, guestOf, misplaceAll, somebody, tellAll, type Stage } from './harness/canary-acts.js';
import { canariesOf, heardIn, makeCanaries, secretCanary, type Canary } from './harness/canaries.js';
import { signIn } from './harness/client.js';
import { keptDataOf, redisTextOf, type KeptData } from './harness/kept-data.js';
import { environmentOf, startProcess, type ProductProcess } from './harness/process.js';
import { startTalkativeMail } from './harness/talkative-mail.js';
import { isRealServers, makeTestPlace, type TestPlace } from './harness/target.js';

const MINUTES = 240_000;
const subgraphs = ['accounts', 'layout', 'orders', 'inventory', 'insights'] as const;

/** What is done, and with it how the product is brought to say too much. */
const acts: readonly (readonly [string, (stage: Stage, data: KeptData) => Promise<void>])[] = [
  ['what goes well', tellAll],
  ['what the rules refuse', beRefused],
  ['what is malformed', misplaceAll],
  ['a job that fails', jobFailure],
  ['a database that quotes what it refuses', databaseFailure],
  ['rows that cannot be read', spoiltRows],
  ['a table that is gone', lostTable],
];

let place: TestPlace;
let stage: Stage;
let running: ProductProcess | undefined;
let canaries: Canary[];
const printed = new Map<string, string>();
const control = 'CanaryInTheOperationName';
let everything = '';
const kept = { jobs: '', redis: '', events: '', all: '' };

beforeAll(async () => {
  place = makeTestPlace();
  const mail = await startTalkativeMail();
  const texts = makeCanaries();
  const environment = {
    ...environmentOf(place),
    LOG_LEVEL: 'trace',
    // What the library of the databases would print statements for.
    MIKRO_ORM_DEBUG: 'true',
    NODE_ENV: 'production',
    TRUSTED_PROXIES: '1',
    OPERATOR_PASSWORD: texts['operatorPassword'],
    SMTP_URL: `smtp://clerk:${texts['mailPassword']}@127.0.0.1:${mail.port}`,
  };
  const product = await startProcess(environment);
  running = product;
  stage = { product, texts, refusals: [], told: [], staff: await staffOf(product) };
  const data = keptDataOf(place);
  for (const [what, act] of acts) {
    const from = product.output().length;
    await act(stage, data);
    printed.set(what, product.output().slice(from));
  }
  // What is printed is looked through, and would be found.
  await somebody(stage).ask(`query ${control} { health }`);
  const from = product.output().length;
  await product.kill('SIGTERM');
  everything = product.output();
  printed.set('the end', product.output().slice(from));
  await mail.close();
  for (const subgraph of subgraphs) {
    kept.jobs += await data.textOf(subgraph, 'job');
    kept.events += (await data.textOf(subgraph, 'outbox_event')) + (await data.textOf(subgraph, 'idempotency_key'));
    kept.all += await data.all(subgraph);
  }
  kept.redis = await redisTextOf(place);
  canaries = [...canariesOf(texts), ...installationCanaries(environment)];
}, MINUTES);
afterAll(async () => {
  await running?.kill('SIGKILL');
  await place.remove();
});

/** What the installation was told that nobody else may know; what it handed out is of the same kind. */
function installationCanaries(environment: NodeJS.ProcessEnv): Canary[] {
  const names = ['TOKEN_KEY', 'VIEWER_SECRET', 'FILE_SECRET', 'INDEX_KEY'];
  const columnKey = /:(.+)$/.exec(environment['COLUMN_KEYS'] ?? '')?.[1];
  const passwords = ['DATABASE_URL', 'REDIS_URL'].map((name) => {
    const url = environment[name];
    return [name, url ? new URL(url).password : ''] as const;
  });
  return [
    ...names.map((name) => [name, environment[name]] as const),
    ['COLUMN_KEYS', columnKey] as const,
    ...passwords,
  ].flatMap(([of, text]) => (text ? [secretCanary(of, text)] : []));
}

async function staffOf({ url, demo }: ProductProcess): Promise<Stage['staff']> {
  const [ours, theirs] = demo().brands;
  const owner = await signIn(url, ours?.users.owner);
  const waiter = await signIn(url, ours?.users.waiter);
  return { owner, waiter, stranger: await signIn(url, theirs?.users.owner) };
}

const registration = ({ texts: { email, username, name, password, phone } }: Stage, prefix: string) => ({
  email: `${prefix}${email}`,
  username: `${prefix}.${username}`,
  name,
  password,
  phone,
});

async function jobFailure(_stage: Stage, data: KeptData): Promise<void> {
  // The first attempt fails at the sign-in, the second at the mail itself.
  await until(async () => (await data.textOf('accounts', 'job')).includes('554'));
}

async function databaseFailure(current: Stage, data: KeptData): Promise<void> {
  await data.run(
    'accounts',
    isRealServers()
      ? `create trigger talkative before insert on user_account for each row begin
          declare words varchar(128); set words = concat('no ', new.username);
          signal sqlstate '45000' set message_text = words; end`
      : `create trigger talkative before insert on user_account begin select raise(abort, 'no ' || new.username); end`,
  );
  await attempt(current, 'register', registration(current, 'a'));
  await attempt(current, 'register', registration(current, 'b'));
  await data.run('accounts', 'drop trigger talkative');
}

async function spoiltRows(current: Stage, data: KeptData): Promise<void> {
  const { spoiltRow } = current.texts;
  const unchecked = isRealServers() ? ['set check_constraint_checks = 0'] : [];
  await data.run(
    'accounts',
    ...unchecked,
    `update brand set settings = '${spoiltRow}'`,
    `update customer_profile set delivery_addresses = '${spoiltRow}'`,
    `update session set seed = '${spoiltRow}'`,
  );
  const { refreshToken, deviceId } = current.texts;
  await attempt(current, 'refreshToken', { refreshToken, deviceId });
  await askAround(current);
}

async function lostTable(current: Stage, data: KeptData): Promise<void> {
  await data.run('accounts', 'drop table user_profile');
  await attempt(current, 'register', registration(current, 'c'));
  await askAround(current);
  // The end of the guest's session, whose family this token is of.
  await attempt(current, 'refreshToken', { refreshToken: current.texts['usedRefreshToken'] });
}

const [mine, others] = [
  '{ me { id email profile { name phone } } }',
  '{ users { edges { node { email profile { name } } } } }',
];
const brands = '{ brands { edges { node { settings { defaultLocale } } } } }';
const profiles =
  'query ($brandId: ID!) { customers(brandId: $brandId) { edges { node { dietaryNote deliveryAddresses { line1 } } } } }';

// The guest, people of the same brand and of another; what they may see is not the question, but what they are told in errors.
async function askAround(current: Stage): Promise<void> {
  const brandId = current.product.demo().brands[0]?.id;
  for (const client of [guestOf(current), ...Object.values(current.staff)])
    for (const query of [mine, others, brands, profiles, `{ brand(id: "${current.texts['spoiltRow']}x") { id } }`])
      current.told.push(JSON.stringify((await client.ask(query, { brandId })).body.errors ?? []));
}

describe('S25 secrets and personal data', () => {
  const ofKind = (...kinds: Canary['kind'][]) => canaries.filter(({ kind }) => kinds.includes(kind));

  it.each([...acts.map(([what]) => what), 'the end'])('are in no line that is printed of %s', (what) => {
    expect(heardIn(printed.get(what) ?? '', canaries)).toEqual([]);
  });

  it('would be found there', () => {
    const known: Canary = { of: 'control', text: control, kind: 'OPEN' };

    expect(heardIn(everything, [known, ...canaries])).toEqual(['control']);
    process.stderr.write(`canaries: ${canaries.length} in ${everything.length} printed characters, none heard\n`);
    expect(canaries.length).toBeGreaterThanOrEqual(40);
  });

  it('are, if secret, in no error that even who sent them is told', () => {
    expect(stage.refusals.length).toBeGreaterThan(1_000);
    expect(heardIn(stage.refusals.join('\n'), ofKind('SECRET'))).toEqual([]);
    // What they must be instead is told, by the subgraph and through the gateway.
    expect(stage.refusals.join('\n')).toContain('It must be an e-mail address.');
  });

  it('are in no error that others are told, whatever fails', () => {
    const told = stage.told.join('\n');

    expect(told.match(/INTERNAL_SERVER_ERROR/g)?.length).toBeGreaterThan(10);
    expect(heardIn(told, canaries)).toEqual([]);
  });

  it('are in no job and its failure, in no event and in no key of a request', () => {
    const written = canaries.filter(({ of }) => of !== 'spoiltRow');

    expect(kept.jobs).toContain('EMESSAGE 554');
    expect(kept.events).toContain('customer.saved');
    expect(heardIn(kept.jobs + kept.events, written)).toEqual([]);
  });

  it('are in no key of Redis and in nothing behind it', () => {
    expect(kept.redis.includes('limit:login')).toBe(isRealServers());
    expect(heardIn(kept.redis, canaries)).toEqual([]);
  });

  it('are in no database as they are, but for what is open', () => {
    const found = heardIn(kept.all, canaries);

    expect(found).toContain('username');
    expect(found.filter((of) => !ofKind('OPEN').some((open) => open.of === of))).toEqual([]);
  });
});
