import { password } from '../accounts.fixture.js';
import { TwoStepPeople } from '../second-factor/second-factor.fixture.js';
import { People } from './device.fixture.js';
import { NativeDevice } from './native-device.fixture.js';

const DAY_MS = 86_400_000;
const CHANGE = `mutation ($input: ChangePasswordInput!) {
  changePassword(input: $input) { isPasswordChanged userErrors { code } } }`;
const next = 'another horse battery';

describe('the password that a device asks for again', () => {
  let people: People;
  let steps: TwoStepPeople;

  beforeEach(async () => {
    people = await People.open();
    steps = new TwoStepPeople(people.company.subgraph);
  });
  afterEach(() => people.company.subgraph.stop());

  const codesOf = async (device: NativeDevice) =>
    (await people.login(device)).userErrors.map(({ code }: { code: string }) => code);

  it('ACC-15 ACC-21 is due as soon as it was changed, and its key stays', async () => {
    const device = new NativeDevice();
    const person = await people.withDevice(device);
    expect(await codesOf(device)).toEqual([]);

    const { data } = await people.company.subgraph.run(person.viewer, CHANGE, {
      input: { currentPassword: password, newPassword: next },
    });
    expect(data?.['changePassword']).toEqual({ isPasswordChanged: true, userErrors: [] });

    expect(await codesOf(device)).toEqual(['PASSWORD_REQUIRED']);
    await steps.login(person.email, { password: next, deviceId: device.deviceId });
    expect(await codesOf(device)).toEqual([]);
  });

  it('ACC-18 ACC-21 has been given once the second step is taken, not with the first', async () => {
    const device = new NativeDevice();
    const person = await people.withDevice(device);
    const { secret } = await steps.enable(person.viewer);
    await steps.confirm(person.viewer, steps.codeOf(secret));
    people.company.subgraph.clock.advance(31 * DAY_MS);
    expect(await codesOf(device)).toEqual(['PASSWORD_REQUIRED']);

    const token = await steps.firstStep(person, { deviceId: device.deviceId });
    expect(await codesOf(device)).toEqual(['PASSWORD_REQUIRED']);

    const { userErrors } = await steps.second(token, steps.codeOf(secret));
    expect([userErrors, await codesOf(device)]).toEqual([[], []]);
  });
});
