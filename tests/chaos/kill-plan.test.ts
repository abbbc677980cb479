import { planKills, serverVictims, type KillPlanFacts } from './kill-plan.js';

const facts: KillPlanFacts = {
  seed: 7,
  roles: ['accounts', 'layout', 'orders', 'inventory', 'insights', 'worker', 'gateway'],
  replicas: 2,
  everyMs: 3_000,
  count: 19,
  servers: serverVictims,
};
const roleOf = (victim: string) => victim.replace(/-\d+$/, '');

describe('a plan of kills', () => {
  it('is the same for the same seed and another for another', () => {
    expect(planKills(facts)).toEqual(planKills(facts));
    expect(planKills({ ...facts, seed: 8 })).not.toEqual(planKills(facts));
  });

  it.each([1, 2, 3, 4, 5])('kills every role twice and every server once with seed %i', (seed) => {
    const victims = planKills({ ...facts, seed, count: 17 }).map(({ victim }) => roleOf(victim));

    expect(victims.toSorted()).toEqual([...facts.roles, ...facts.roles, ...serverVictims].toSorted());
  });

  it('leaves servers alone in the first and the last quarter', () => {
    const turns = planKills(facts).flatMap(({ victim }, turn) =>
      serverVictims.some((server) => server === victim) ? [turn] : [],
    );

    expect(turns).toHaveLength(3);
    for (const turn of turns) expect([turn >= 4, turn < 15]).toEqual([true, true]);
  });

  it('keeps about the same distance between two kills', () => {
    const plan = planKills(facts);
    for (const [turn, { atMs }] of plan.entries()) {
      const distance = atMs - (plan[turn - 1]?.atMs ?? 0);
      expect([distance > 2_000, distance < 4_000]).toEqual([true, true]);
    }
  });

  it('refuses fewer kills than servers', () => {
    expect(() => planKills({ ...facts, count: 2 })).toThrow('too few');
  });
});
