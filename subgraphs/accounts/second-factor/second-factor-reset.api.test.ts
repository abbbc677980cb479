import { OutboxEventEntity } from '../../../platform/data/outbox.entity.js';
import { anonymous, type Viewer } from '../../../platform/domain/viewer.js';
import { administrator, errorCode, holderOf, openCompany, type Company } from '../accounts.fixture.js';
import type { RoleCode } from '../role/role.templates.js';
import { SessionEntity } from '../session/session.entity.js';
import { UserEntity } from '../user/user.entity.js';
import { SecondFactorEntity } from './second-factor.entity.js';
import { TwoStepPeople, type TwoStepPerson } from './second-factor.fixture.js';

const UPDATE = `mutation ($input: UpdateUserInput!) { updateUser(input: $input) {
  user { id isTotpEnabled isActive } userErrors { code field } } }`;
const UPDATE_ME = `mutation ($input: UpdateMeInput!) { updateMe(input: $input) { user { id } } }`;

describe('ACC-18 a second step that was lost', () => {
  let company: Company;
  let people: TwoStepPeople;

  beforeAll(async () => {
    company = await openCompany();
    people = new TwoStepPeople(company.subgraph);
  });
  afterAll(() => company.subgraph.stop());

  const fork = () => company.subgraph.running.database.em.fork();
  const update = async (viewer: Viewer, input: object) => company.subgraph.run(viewer, UPDATE, { input });
  const employ = async (role: RoleCode, brandId = company.ours): Promise<TwoStepPerson> => {
    const person = await people.twoSteps();
    await company.verify(person.id);
    await company.make('assignRole', { userId: person.id, role, brandId });
    return person;
  };
  const stateOf = async ({ id }: TwoStepPerson) => ({
    user: await fork().findOneOrFail(UserEntity, { id }),
    factor: await fork().findOne(SecondFactorEntity, { userId: id }),
    open: await fork().count(SessionEntity, { userId: id, revokedAt: null }),
    events: await fork().count(OutboxEventEntity, {}),
  });

  it('is taken away by those who may manage the person: the sessions end, and the password is enough again', async () => {
    const waiter = await employ('WAITER');
    const manager = holderOf('OWNER', { brandId: company.ours });
    const token = await people.firstStep(waiter);

    const { data } = await update(manager, { id: waiter.id, isTotpEnabled: false });

    expect(data?.['updateUser']).toEqual({
      user: { id: waiter.id, isTotpEnabled: false, isActive: true },
      userErrors: [],
    });
    expect(await stateOf(waiter)).toMatchObject({ factor: null, open: 0 });
    expect(await company.eventsOf('second-factor.changed', waiter.id)).toMatchObject([
      { payload: { isEnabled: true } },
      { payload: { isEnabled: false } },
    ]);
    expect((await people.second(token, people.codeOf(waiter.secret))).userErrors).toMatchObject([
      { code: 'INVALID_CODE', field: ['secondFactorToken'] },
    ]);
    expect((await people.login(waiter.email)).accessToken).toEqual(expect.any(String));
  });

  it('is not taken twice, and an update without it leaves it alone', async () => {
    const [waiter, chef] = [await employ('WAITER'), await employ('CHEF')];
    await update(administrator, { id: waiter.id, isTotpEnabled: false });
    await people.login(waiter.email);
    const before = [await stateOf(waiter), await stateOf(chef)];

    await update(administrator, { id: waiter.id, isTotpEnabled: false });
    await update(administrator, { id: chef.id, isTotpEnabled: null });

    expect([await stateOf(waiter), await stateOf(chef)]).toEqual(before);
  });

  it('is set up by nobody but its holder', async () => {
    const waiter = await employ('WAITER');
    const before = await stateOf(waiter);

    const { data } = await update(administrator, { id: waiter.id, isTotpEnabled: true });

    expect(data?.['updateUser']).toEqual({
      user: null,
      userErrors: [{ code: 'INVALID_INPUT', field: ['isTotpEnabled'] }],
    });
    expect(await stateOf(waiter)).toEqual(before);
  });

  it('stays with whoever asks for themselves, for somebody who holds more, or of another brand', async () => {
    const [owner, foreigner] = [await employ('OWNER'), await employ('WAITER', company.theirs)];
    const [asOwner, asManager] = [
      holderOf('OWNER', { brandId: company.ours, id: owner.id }),
      holderOf('MANAGER', { brandId: company.ours }),
    ];
    const before = [await stateOf(owner), await stateOf(foreigner)];

    const answers = [
      await update(asOwner, { id: owner.id, isTotpEnabled: false }),
      await update(asManager, { id: owner.id, isTotpEnabled: false }),
      await update(asOwner, { id: foreigner.id, isTotpEnabled: false }),
      await update(holderOf('WAITER', { brandId: company.ours }), { id: owner.id, isTotpEnabled: false }),
      await update(anonymous, { id: owner.id, isTotpEnabled: false }),
      await company.subgraph.run(asOwner, UPDATE_ME, { input: { isTotpEnabled: false } }),
    ];

    expect(answers.map(errorCode)).toEqual([
      'FORBIDDEN',
      'FORBIDDEN',
      'NOT_FOUND',
      'FORBIDDEN',
      'UNAUTHENTICATED',
      'BAD_USER_INPUT',
    ]);
    expect([await stateOf(owner), await stateOf(foreigner)]).toEqual(before);
  });
});
