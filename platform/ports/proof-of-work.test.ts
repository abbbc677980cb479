import { instant } from '../process/clock.js';
import { createProofOfWork, solveProofOfWork } from './proof-of-work.js';

const now = instant('2026-11-21T10:00:00Z');
const remoteAddress = '192.0.2.1';
const port = createProofOfWork({ secret: 'one secret', difficulty: 10 });
const issued = () => {
  const { token, difficulty } = port.issue(now);
  if (token === null || difficulty === null) throw new Error('A proof of work has a token.');
  return { token, difficulty };
};

describe('ACC-26 a proof of work', () => {
  it('is solved by computing, and its solutions all use up the same', async () => {
    const { token, difficulty } = issued();
    const solution = solveProofOfWork(token, difficulty);
    const spent = await port.verify(solution, { now, remoteAddress });

    expect(spent).toMatch(/^\d+\.10\./);
    let other = Number(solution.split('.').at(-1)) + 1;
    while ((await port.verify(`${token}.${other}`, { now, remoteAddress })) === null) other += 1;
    expect(await port.verify(`${token}.${other}`, { now, remoteAddress })).toBe(spent);
  });

  it('is another one each time', () => {
    expect(issued().token).not.toBe(issued().token);
  });

  it('costs as many hashes as its difficulty says', async () => {
    const { token } = issued();
    const solved = await Promise.all(
      Array.from({ length: 4_096 }, (_, number) => port.verify(`${token}.${number}`, { now, remoteAddress })),
    );

    // 4 of 4,096 solve it on average; 25 would be one in 10^12.
    expect(solved.filter((spent) => spent !== null).length).toBeLessThan(25);
  });

  it('is good for ten minutes and not a millisecond longer', async () => {
    const { token, difficulty } = issued();
    const solution = solveProofOfWork(token, difficulty);

    expect(await port.verify(solution, { now: instant('2026-11-21T10:09:59.999Z'), remoteAddress })).not.toBeNull();
    expect(await port.verify(solution, { now: instant('2026-11-21T10:10:00.000Z'), remoteAddress })).toBeNull();
  });

  it.each([
    ['nothing', () => ''],
    ['no number', (token: string) => token],
    ['a number that is none', (token: string) => `${token}.abc`],
    ['an easier difficulty', (token: string) => solveProofOfWork(token.replace('.10.', '.1.'), 10)],
    ['a later end', (token: string) => solveProofOfWork(token.replace(/^\d/, '9'), 10)],
    ['a foreign token', () => solveProofOfWork(createProofOfWork({ secret: 'another' }).issue(now).token ?? '', 10)],
    ['a megabyte', (token: string) => `${token}.${'1'.repeat(1_000_000)}`],
  ])('is not solved by %s', async (_what, forge) => {
    expect(await port.verify(forge(issued().token), { now, remoteAddress })).toBeNull();
  });
});
