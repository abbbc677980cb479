import { createServer, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { startListening, stopListening } from '../http/listening.js';
import { instant } from '../process/clock.js';
import { createSiteVerify } from './site-verify.js';

const facts = { now: instant('2026-11-21T10:00:00Z'), remoteAddress: '192.0.2.1' };

describe('ACC-26 a vendor’s widget', () => {
  const asked: Record<string, string>[] = [];
  let answer: { status: number; body: string | null };
  let server: Server;
  let verifyUrl: string;

  const open = (provider: 'turnstile' | 'hcaptcha' = 'turnstile') =>
    createSiteVerify({ provider, siteKey: 'site-1', secret: 'secret-1', verifyUrl });

  beforeAll(async () => {
    server = createServer((message, response) => {
      void text(message).then((body) => {
        asked.push(Object.fromEntries(new URLSearchParams(body)));
        if (answer.body === null) return;
        response.writeHead(answer.status, answer.status === 302 ? { location: '/elsewhere' } : {}).end(answer.body);
      });
    });
    verifyUrl = `${(await startListening(server, 0, '127.0.0.1')).url}/siteverify`;
  });

  afterAll(() => stopListening(server, 0));

  beforeEach(() => {
    asked.splice(0);
    answer = { status: 200, body: '{"success":true}' };
  });

  it.each([
    ['turnstile', 'TURNSTILE'],
    ['hcaptcha', 'HCAPTCHA'],
  ] as const)('of %s is shown with its site key', (provider, kind) => {
    expect(open(provider).issue(facts.now)).toEqual({ kind, siteKey: 'site-1', token: null, difficulty: null });
  });

  it('is judged by the vendor, who is told the solution and the address', async () => {
    expect(await open().verify('solution', facts)).toMatch(/^[0-9a-f]{64}$/);
    expect(asked).toEqual([{ secret: 'secret-1', response: 'solution', remoteip: '192.0.2.1', sitekey: 'site-1' }]);
  });

  it('solves nothing when the vendor says so', async () => {
    answer.body = '{"success":false,"error-codes":["timeout-or-duplicate"]}';

    expect(await open().verify('solution', facts)).toBeNull();
  });

  it('does not ask about what cannot be a solution', async () => {
    expect(await open().verify('', facts)).toBeNull();
    expect(await open().verify('x'.repeat(10_001), facts)).toBeNull();
    expect(asked).toEqual([]);
  });

  it.each([
    ['an error', { status: 500, body: '{"success":true}' }],
    ['a redirect', { status: 302, body: '{"success":true}' }],
    ['no JSON', { status: 200, body: '<html>' }],
    ['another shape', { status: 200, body: '{"success":"yes"}' }],
    ['silence', { status: 200, body: null }],
  ])('throws when the vendor answers %s', async (_what, given) => {
    answer = given;

    await expect(open().verify('solution', facts)).rejects.toThrow();
  });
});
