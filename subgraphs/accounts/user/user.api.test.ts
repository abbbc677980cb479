import { anonymous, type Viewer } from '../../../platform/domain/viewer.js';
import { administrator, errorCode, holderOf, openCompany, password, type Company } from '../accounts.fixture.js';

describe('people', () => {
  let company: Company;
  let owner: Viewer;
  let stranger: Viewer;
  let number = 0;

  beforeAll(async () => {
    company = await openCompany();
    owner = holderOf('OWNER', { brandId: company.ours });
    stranger = holderOf('OWNER', { brandId: company.theirs });
  });
  afterAll(() => company.subgraph.stop());

  const newcomer = (facts: object = {}) => {
    number += 1;
    return {
      email: `new${number}@example.com`,
      name: 'New Comer',
      password,
      role: 'WAITER',
      brandId: company.ours,
      ...facts,
    };
  };

  it('ACC-32 get an account and a role from the owner of the brand', async () => {
    const input = newcomer({ username: 'New.Comer', phone: '+91 22 5550 1000', outletId: company.cafe });

    const { user } = await company.make('createUser', input, owner);

    expect(user).toEqual({
      id: expect.stringMatching(/^usr_/),
      email: input.email,
      username: 'New.Comer',
      isActive: true,
      profile: { name: 'New Comer', phone: '+912255501000' },
      memberships: [{ id: expect.stringMatching(/^mem_/), role: 'WAITER' }],
    });
    expect(JSON.stringify(await company.rows())).not.toContain(password);
  });

  it.each([
    ['an owner', 'OWNER', 'MANAGER', undefined],
    ['an administrator of the brand', 'ADMIN', 'ADMIN', undefined],
    ['a manager', 'MANAGER', 'WAITER', 'FORBIDDEN'],
    ['a waiter', 'WAITER', 'CUSTOMER', 'FORBIDDEN'],
  ] as const)('ACC-29 ACC-32 are made by %s: %s makes %s', async (_who, maker, role, code) => {
    const before = await company.rows();

    const answer = await company.send(holderOf(maker, { brandId: company.ours }), 'createUser', newcomer({ role }));

    expect(errorCode(answer)).toBe(code);
    if (code) expect(await company.rows()).toEqual(before);
    else expect(answer.data?.['createUser'].user.memberships).toEqual([{ id: expect.any(String), role }]);
  });

  it('ACC-17 ACC-30 are given no role by somebody who does not hold all of it', async () => {
    const person = await company.addPerson('WAITER', { brandId: company.ours });
    const before = await company.rows();
    const staffOffice: Viewer = {
      ...owner,
      grants: [
        { role: 'TEST', brandId: company.ours, outletId: null, slugs: ['users.manage', 'users.read', 'outlets.read'] },
      ],
    };
    const split: Viewer = {
      ...owner,
      grants: [...staffOffice.grants, ...holderOf('CHEF', { brandId: company.ours, outletId: company.cafe }).grants],
    };
    const place = { brandId: company.ours };

    const answers = [
      await company.send(owner, 'createUser', newcomer({ role: 'ADMIN' })),
      await company.send(owner, 'assignRole', { userId: person.id, role: 'ADMIN', ...place }),
      await company.send(staffOffice, 'createUser', newcomer({ role: 'STAFF' })),
      await company.send(staffOffice, 'assignRole', { userId: person.id, role: 'STAFF', ...place }),
      // Holding a role without the right to hand it out is not enough either.
      await company.send(split, 'assignRole', { userId: person.id, role: 'CHEF', ...place, outletId: company.cafe }),
    ];

    expect(answers.map(errorCode)).toEqual(Array(5).fill('FORBIDDEN'));
    expect(await company.rows()).toEqual(before);
  });

  it('ACC-17 nobody changes the roles of their own', async () => {
    const self = await company.addPerson('OWNER', { brandId: company.ours });
    const viewer = holderOf('OWNER', { brandId: company.ours, id: self.id });
    const before = await company.rows();

    const answers = [
      await company.send(viewer, 'assignRole', { userId: self.id, role: 'CHEF', brandId: company.ours }),
      await company.send(viewer, 'assignRole', { userId: self.id, role: 'ADMIN', brandId: company.ours }),
      await company.send(viewer, 'revokeRole', { membershipId: self.membershipId }),
    ];

    expect(answers.map(errorCode)).toEqual(['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN']);
    expect(await company.rows()).toEqual(before);
  });

  it('ACC-30 gain and lose roles, and every change is told with the next version of their rights', async () => {
    const person = await company.addPerson('WAITER', { brandId: company.ours });

    const { membership } = await company.make(
      'assignRole',
      { userId: person.id, role: 'CHEF', brandId: company.ours, outletId: company.cafe },
      owner,
    );
    const revoked = await company.make('revokeRole', { membershipId: person.membershipId }, owner);

    const told = { aggregateId: person.id, brandId: company.ours, outletId: null, payload: { userId: person.id } };
    expect(membership).toEqual({ id: expect.stringMatching(/^mem_/), role: 'CHEF' });
    expect(revoked.membershipId).toBe(person.membershipId);
    expect(await company.eventsOf('rights.changed', person.id)).toEqual([
      { ...told, aggregateVersion: 2 },
      { ...told, aggregateVersion: 3 },
    ]);
    expect(await company.rows()).toMatchObject({
      users: expect.arrayContaining([expect.objectContaining({ id: person.id, rightsVersion: 3 })]),
      memberships: expect.arrayContaining([
        expect.objectContaining({ userId: person.id, roleId: 'CHEF', brandId: company.ours, outletId: company.cafe }),
      ]),
    });
  });

  it('an owner cannot take the role of an administrator', async () => {
    const admin = await company.addPerson('ADMIN', { brandId: company.ours });
    const before = await company.rows();

    const answer = await company.send(owner, 'revokeRole', { membershipId: admin.membershipId });

    expect(errorCode(answer)).toBe('FORBIDDEN');
    expect(await company.rows()).toEqual(before);
  });

  it.each([
    ['an address that is taken', { email: 'TAKEN@example.com' }, 'ALREADY_EXISTS', ['email']],
    ['a user name that is taken', { username: 'TAKEN' }, 'ALREADY_EXISTS', ['username']],
    ['a password of eleven characters', { password: 'abcdefghijk' }, 'PASSWORD_TOO_WEAK', ['password']],
    ['an empty name', { name: ' ' }, 'INVALID_INPUT', ['name']],
    ['a user name with a space', { username: 'a b c' }, 'INVALID_INPUT', ['username']],
    ['an address of 255 characters', { email: `${'x'.repeat(243)}@example.com` }, 'INVALID_INPUT', ['email']],
    ['a phone number without a plus', { phone: '02255501000' }, 'INVALID_INPUT', ['phone']],
  ])('ACC-33 are not made with %s', async (what, facts, code, field) => {
    if (what.endsWith('taken'))
      await company.send(owner, 'createUser', newcomer({ email: 'taken@example.com', username: 'taken' }));
    const before = await company.rows();

    const answer = await company.send(owner, 'createUser', newcomer(facts));

    expect(answer.data?.['createUser']).toMatchObject({ user: null, userErrors: [{ code, field }] });
    expect(await company.rows()).toEqual(before);
  });

  it('ACC-28 are changed by nobody of another brand, and nobody is sent to another brand', async () => {
    const person = await company.addPerson('WAITER', { brandId: company.ours });
    const before = await company.rows();
    const foreign = [
      await company.send(stranger, 'createUser', newcomer()),
      await company.send(stranger, 'assignRole', { userId: person.id, role: 'WAITER', brandId: company.theirs }),
      await company.send(stranger, 'revokeRole', { membershipId: person.membershipId }),
      await company.send(owner, 'createUser', newcomer({ outletId: company.foreign })),
      await company.send(owner, 'createUser', newcomer({ brandId: company.theirs, outletId: company.cafe })),
      await company.send(owner, 'assignRole', { userId: person.id, role: 'WAITER', brandId: company.theirs }),
      await company.send(owner, 'assignRole', { userId: 'usr_missing', role: 'WAITER', brandId: company.ours }),
      await company.send(owner, 'revokeRole', { membershipId: 'mem_missing' }),
      await company.send(administrator, 'createUser', newcomer({ brandId: 'brd_missing' })),
      await company.send(administrator, 'assignRole', { userId: person.id, role: 'WAITER', brandId: 'brd_missing' }),
      await company.send(administrator, 'createUser', newcomer({ outletId: company.foreign })),
    ];

    expect(foreign.map(errorCode)).toEqual(Array(11).fill('NOT_FOUND'));
    expect(await company.rows()).toEqual(before);
  });

  it('are changed by nobody who has not signed in, and in one outlet not for the whole brand', async () => {
    const person = await company.addPerson('WAITER', { brandId: company.ours, outletId: company.cafe });
    const cafeOwner = holderOf('OWNER', { brandId: company.ours, outletId: company.cafe });
    const before = await company.rows();
    const role = { userId: person.id, role: 'CHEF', brandId: company.ours };

    const answers = [
      await company.send(anonymous, 'createUser', newcomer()),
      await company.send(anonymous, 'assignRole', role),
      await company.send(anonymous, 'revokeRole', { membershipId: person.membershipId }),
      await company.send(cafeOwner, 'createUser', newcomer()),
      await company.send(cafeOwner, 'assignRole', role),
      await company.send(cafeOwner, 'assignRole', { ...role, outletId: company.bistro }),
    ];

    expect(answers.map(errorCode)).toEqual([
      'UNAUTHENTICATED',
      'UNAUTHENTICATED',
      'UNAUTHENTICATED',
      'FORBIDDEN',
      'FORBIDDEN',
      'NOT_FOUND',
    ]);
    expect(await company.rows()).toEqual(before);
    expect(errorCode(await company.send(cafeOwner, 'assignRole', { ...role, outletId: company.cafe }))).toBeUndefined();
  });

  it('get a role once when eight give it, and lose it once when eight take it', async () => {
    const person = await company.addPerson('WAITER', { brandId: company.ours });
    const input = { userId: person.id, role: 'CHEF', brandId: company.ours };
    const eight = (mutation: string, facts: object) =>
      Promise.all(Array.from({ length: 8 }, () => company.send(owner, mutation, facts)));

    const given = await eight('assignRole', input);
    const membershipId = given.flatMap(({ data }) => data?.['assignRole'].membership?.id ?? []);
    const taken = await eight('revokeRole', { membershipId: membershipId[0] });

    const outcomes = given.map(({ data }) => data?.['assignRole'].userErrors[0]?.code ?? 'OK').toSorted();
    expect(outcomes).toEqual([...Array(7).fill('ALREADY_EXISTS'), 'OK']);
    expect(taken.map((answer) => errorCode(answer) ?? 'OK').toSorted()).toEqual([...Array(7).fill('NOT_FOUND'), 'OK']);
    const versions = (await company.eventsOf('rights.changed', person.id)).map(
      ({ aggregateVersion }) => aggregateVersion,
    );
    expect(versions).toEqual([2, 3]);
  });

  it('one address makes one account when four ask at once', async () => {
    const input = newcomer({ email: 'once@example.com' });

    const answers = await Promise.all(Array.from({ length: 4 }, () => company.send(owner, 'createUser', input)));

    const outcomes = answers.map(({ data }) => data?.['createUser'].userErrors[0]?.code ?? 'OK').toSorted();
    expect(outcomes).toEqual(['ALREADY_EXISTS', 'ALREADY_EXISTS', 'ALREADY_EXISTS', 'OK']);
  });
});
