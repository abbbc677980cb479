import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { anonymous } from '../../../platform/domain/viewer.js';
import { until } from '../../../platform/events/events.fixture.js';
import { JobEntity } from '../../../platform/jobs/job.entity.js';
import { OneTimeCodeEntity } from '../code/code.entity.js';
import { passwordResetKind } from '../password/password.jobs.js';
import { addressTakenKind } from '../user/address-taken.jobs.js';
import { UserEntity } from '../user/user.entity.js';
import { emailOf } from '../user/user.vault.js';
import { openStrangers, owners, probes, type ProbeName, type Strangers } from './enumeration.fixture.js';

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
const wished = {
  data: {
    updateMe: {
      user: { id: 'usr_…', email: 'asker@example.com', pendingEmail: '<address>' },
      userErrors: [],
    },
  },
};

describe('S19 a stranger who asks about an address', () => {
  let strangers: Strangers;

  beforeAll(async () => (strangers = await openStrangers()));
  afterAll(() => strangers.company.subgraph.stop());

  it.each<[ProbeName, object, number]>([
    ['login', refusal, 1],
    ['loginWithTheirPassword', refusal, 1],
    ['register', made, 1],
    ['requestPasswordReset', { data: { requestPasswordReset: { isRequested: true, userErrors: [] } } }, 0],
    ['updateMe', wished, 1],
  ])('by %s is answered alike and costs the same work, whoever has it', async (probe, expected, works) => {
    const first = await strangers.ask(probe, 'UNKNOWN');
    expect(first.answer).toEqual(expected);
    expect(first.works).toBe(works);

    for (const owner of probes[probe].alike) {
      const asked = await strangers.ask(probe, owner);
      expect({ owner, answer: asked.answer, works: asked.works }).toEqual({ owner, answer: first.answer, works });
    }
  });

  it('ACC-12 by requestPasswordReset asks for one job whoever has it, whose mails go to those who may sign in', async () => {
    const { running } = strangers.company.subgraph;
    const em = () => running.database.em.fork();
    const jobs = (where: object = {}) => em().count(JobEntity, { kind: passwordResetKind, ...where });
    const before = await jobs();

    for (const [index, owner] of owners.entries()) {
      await strangers.ask('requestPasswordReset', owner);
      expect({ owner, jobs: await jobs() }).toEqual({ owner, jobs: before + index + 1 });
    }

    await until(async () => (await jobs({ state: { $ne: 'DONE' } })) === 0);
    const users = await em().find(UserEntity, { isActive: true });
    const codes = await em().find(OneTimeCodeEntity, { purpose: 'PASSWORD_RESET' });
    const addresses = codes.map(({ userId }) => users.find(({ id }) => id === userId));
    expect(addresses.map((user) => user && emailOf(running.systemContext().vault, user)).toSorted()).toEqual([
      'known@example.com',
      'other@example.com',
    ]);
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
    const told = mails
      .filter((mail) => /^Subject: You have an account already\r$/m.test(mail))
      .map((mail) => /^To: (.*)$/m.exec(mail)?.[1]?.trim());
    const ours = told.filter((address) => /^(known|disabled|other)@/.test(address ?? ''));
    expect(ours.toSorted()).toEqual(['known@example.com', 'other@example.com']);
    const [text = ''] = mails.filter((mail) => mail.includes('Subject: You have an account already'));
    expect(text).toMatch(/^TwinEngine\.\r$/m);
    expect(text).toMatch(/^http:\/\/localhost:4000\r$/m);
  });
});
