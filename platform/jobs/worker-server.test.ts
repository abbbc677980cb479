import { pino } from 'pino';
import type { Readiness } from '../http/probe-answer.js';
import type { Address } from '../http/listening.js';
import { createWorkerServer, type WorkerServer } from './worker-server.js';

describe("a worker's server", () => {
  const away = { isReady: false, findings: ['The orders database does not answer.'] };
  let readiness: () => Promise<Readiness>;
  let server: WorkerServer;
  let address: Address;

  beforeEach(async () => {
    const log = pino({ level: 'silent' });
    server = createWorkerServer({ readiness: () => readiness(), log });
    address = await server.listen(0, '127.0.0.1');
  });
  afterEach(() => server.close());

  const ask = async (path: string, method = 'GET') => {
    const answer = await fetch(`${address.url}${path}`, { method });
    return [answer.status, await answer.text()];
  };
  const ok = [200, '{"status":"ok"}'];
  const nothing = [404, '{"errors":[{"message":"There is nothing at this path.","extensions":{"code":"NOT_FOUND"}}]}'];

  it.each([
    ['/livez', away, ok],
    ['/health', away, ok],
    ['/readyz?verbose', { isReady: true, findings: [] }, ok],
    [
      '/readyz',
      { ...away, isReady: true },
      [200, '{"status":"ok","findings":["The orders database does not answer."]}'],
    ],
    ['/readyz', away, [503, '{"status":"unavailable","findings":["The orders database does not answer."]}']],
    ['/queues', away, nothing],
    ['/queues/api/queues', away, nothing],
    ['/graphql', away, nothing],
  ])('answers %s', async (path, state, expected) => {
    readiness = async () => state;
    expect(await ask(path)).toEqual(expected);
  });

  it('answers probes to GET only', async () => {
    expect(await ask('/livez', 'POST')).toEqual(nothing);
  });

  it('answers 500 without a reason when readiness cannot be told, and lives', async () => {
    readiness = () => Promise.reject(new Error('password=secret'));

    const [status, text] = await ask('/readyz');

    expect(status).toBe(500);
    expect(text).not.toContain('secret');
    expect(await ask('/livez')).toEqual(ok);
  });

  it('accepts nothing more once it is closed, and closes twice', async () => {
    await Promise.all([server.close(), server.close()]);
    await expect(ask('/livez')).rejects.toThrow('fetch failed');
  });
});
