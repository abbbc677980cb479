import { createVault } from '../../../platform/crypto/vault.js';
import { startTestSubgraph, type TestSubgraph } from '../../../tests/harness/subgraph.js';
import { accounts } from '../subgraph.js';
import { SecondFactorEntity } from './second-factor.entity.js';
import { TwoStepPeople } from './second-factor.fixture.js';
import { openSecret, sealedSecondFactors } from './second-factor.vault.js';

describe('ACC-18 the secrets of second steps', () => {
  let subgraph: TestSubgraph;
  beforeAll(async () => (subgraph = await startTestSubgraph(accounts)));
  afterAll(() => subgraph.stop());

  it('are sealed anew when the keys of columns are rotated, and the codes stay good', async () => {
    const people = new TwoStepPeople(subgraph);
    const person = await people.twoSteps();
    const { unitOfWork, vault, config } = subgraph.running.systemContext();
    const [old] = config.secrets?.columnKeys ?? [];
    const newest = { id: 'k9', key: Buffer.alloc(32, 9).toString('base64') };
    const [rotated, newOnly] = [[newest, ...(old ? [old] : [])], [newest]].map((keys) =>
      createVault({ keys, indexKey: config.secrets?.indexKey ?? '' }),
    );
    if (!rotated || !newOnly) throw new Error('There are no vaults.');
    const rowOf = () => subgraph.running.database.em.fork().findOneOrFail(SecondFactorEntity, { userId: person.id });

    const dry = await sealedSecondFactors.rotate({ unitOfWork, vault: rotated, isDryRun: true });
    const before = await rowOf();
    const done = await sealedSecondFactors.rotate({ unitOfWork, vault: rotated, isDryRun: false });
    const again = await sealedSecondFactors.rotate({ unitOfWork, vault: rotated, isDryRun: false });

    expect([dry, done, again].map(({ changed }) => changed)).toEqual([1, 1, 0]);
    expect(openSecret(vault, before)).toBe(person.secret);
    expect(openSecret(newOnly, await rowOf())).toBe(person.secret);
    expect((await rowOf()).recoveryKeys).toEqual(before.recoveryKeys);
    expect(accounts.sealedTables).toContain(sealedSecondFactors);
  });
});
