import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { anonymous } from '../../../platform/domain/viewer.js';
import { until } from '../../../platform/events/events.fixture.js';
import { JobEntity } from '../../../platform/jobs/job.entity.js';
import { addressTakenKind } from '../user/address-taken.jobs.js';
import { UserEntity } from '../user/user.entity.js';
import { openStrangers, owners, probes, type Owner, type ProbeName, type Strangers } from './enumeration.fixture.js';

const refusal = {
  data: {
    login: {
      accessToken: null,
      user: null,
      challenge: null,
      userErrors: [{ code: 'INVALID_CREDENTIALS', message: expect.any(String), field: null }],
    },
  },
};
const made = {
  data: {
    register: {
      user: expect.objectContaining({
        id: 'usr_…',
        email: '<address>',
        profile: { name: 'Some Body', phone: '+912255501000' },
        memberships: [expect.objectContaining({ role: 'CUSTOMER' })],
      }),
      userErrors: [],
    },
  },
};

describe('S19 a stranger who asks about an address', () => {
  let strangers: Strangers;

  beforeAll(async () => (strangers = await openStrangers()));
  afterAll(() => strangers.company.subgraph.stop());

  it.each<[ProbeName, readonly Owner[], object]>([
    ['login', owners, refusal],
    ['loginWithTheirPassword', ['UNKNOWN', 'DISABLED'], refusal],
    ['register', owners, made],
  ])('by %s is answered alike and costs the same work, whoever of %s has it', async (probe, whose, expected) => {
    const first = await strangers.ask(probe, 'UNKNOWN');
    expect(first.answer).toEqual(expected);
    expect(first.works).toBe(1);

    for (const owner of whose) {
      const { answer, works } = await strangers.ask(probe, owner);
      expect({ owner, answer, works }).toEqual({ owner, answer: first.answer, works: 1 });
    }
  });

  it('ACC-01 by register makes an account where nobody has the address, and else changes nobody’s', async () => {
    const em = () => strangers.company.subgraph.running.database.em.fork();
    const accounts = () => em().find(UserEntity, {}, { orderBy: { id: 'asc' } });
    const before = await accounts();

    for (const owner of ['KNOWN', 'DISABLED', 'OTHER_TENANT'] as const) await strangers.ask('register', owner);
    expect(await accounts()).toEqual(before);

    await strangers.ask('register', 'UNKNOWN');
    expect(await accounts()).toHaveLength(before.length + 1);
  });

  it('by register makes one account of one address, and tells none of eight who ask at once which it was', async () => {
    const { subgraph, ours: brandId } = strangers.company;
    const em = () => subgraph.running.database.em.fork();
    const before = await em().count(UserEntity, {});
    const { document, input } = probes.register;

    const answers = await Promise.all(
      Array.from({ length: 8 }, () =>
        subgraph.run(anonymous, document, { input: input('at.once@example.com', { brandId }) }),
      ),
    );

    expect(answers.map(({ data }) => data?.['register'].userErrors)).toEqual(Array(8).fill([]));
    expect(new Set(answers.map(({ data }) => data?.['register'].user.id)).size).toBe(8);
    expect(await em().count(UserEntity, {})).toBe(before + 1);
  });

  it('by register is told of a user name that is taken, and by that nothing of the address', async () => {
    const { subgraph, ours: brandId } = strangers.company;
    const register = async (email: string) => {
      const { document, input } = probes.register;
      return subgraph.run(anonymous, document, { input: { ...input(email, { brandId }), username: 'taken.name' } });
    };
    await register('holder@example.com');

    const answers = [await register('known@example.com'), await register('free@example.com')];

    expect(answers[0]?.data?.['register']).toEqual({
      user: null,
      userErrors: [{ code: 'ALREADY_EXISTS', message: expect.any(String), field: ['username'] }],
    });
    expect(answers[1]).toEqual(answers[0]);
  });

  it('by register has the owner told once a day, and nobody who was sent away', async () => {
    const { running } = strangers.company.subgraph;
    const folder = join(running.systemContext().config.dataDir, 'mail');
    for (const owner of owners) for (let time = 0; time < 3; time += 1) await strangers.ask('register', owner);
    const unfinished = { kind: addressTakenKind, state: { $ne: 'DONE' } } as const;
    await until(async () => (await running.database.em.fork().count(JobEntity, unfinished)) === 0);

    const mails = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
    const told = mails.map((mail) => /^To: (.*)$/m.exec(mail)?.[1]?.trim());
    const ours = told.filter((address) => /^(known|disabled|other)@/.test(address ?? ''));
    expect(ours.toSorted()).toEqual(['known@example.com', 'other@example.com']);
    for (const mail of mails) expect(mail).toMatch(/^Subject: You have an account already\r$/m);
  });
});
