import { connect } from 'node:net';
import { TestGateway } from './gateway.fixture.js';

describe('the HTTP side of the gateway', () => {
  let test: TestGateway;

  beforeAll(async () => {
    test = await TestGateway.start();
  });

  afterAll(() => test[Symbol.asyncDispose]());

  it('GW-01 says that it is alive', async () => {
    expect((await test.fetch('/health')).text).toBe('{"status":"ok"}\n');
    expect((await test.fetch('/livez')).body).toEqual({ status: 'ok' });
    expect((await test.post({ query: '{ health }' })).body.data).toEqual({ health: 'ok' });
  });

  it('GW-01 says whether it can work, and why not', async () => {
    const ready = await test.fetch('/readyz');
    test.findings = ['orders: database unreachable'];
    const unready = await test.fetch('/readyz');
    test.isReadyAnyway = true;
    const limping = await test.fetch('/readyz');
    Object.assign(test, { findings: [], isReadyAnyway: false });

    expect([limping.status, limping.body]).toEqual([200, { status: 'ok', findings: ['orders: database unreachable'] }]);
    expect([ready.status, ready.body]).toEqual([200, { status: 'ok' }]);
    expect([unready.status, unready.body]).toEqual([
      503,
      { status: 'unavailable', findings: ['orders: database unreachable'] },
    ]);
  });

  it('serves the public schema as text, without its inner part', async () => {
    const { headers, text } = await test.fetch('/schema.graphql');

    expect(headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(text).toContain('type Order');
    expect(text).not.toContain('authenticate');
  });

  it('leads to GraphiQL', async () => {
    const root = await test.fetch('/');
    expect([root.status, root.headers.get('location')]).toEqual([302, '/graphiql']);
    expect((await test.fetch('/graphiql')).text).toBe('<html>');
    expect((await test.fetch('/graphiql/examples.json')).body).toEqual([{ name: 'orders' }]);
  });

  it('streams the file of a signed link', async () => {
    const { status, text, headers } = await test.fetch('/files/report.pdf?signature=good');

    expect([status, text, headers.get('content-length'), headers.get('content-type')]).toEqual([
      200,
      '%PDF',
      '4',
      'application/pdf',
    ]);
    expect(headers.get('content-disposition')).toBe(
      `attachment; filename="Ums_tze__Mai_.pdf"; filename*=UTF-8''Ums%C3%A4tze%20%22Mai%22.pdf`,
    );
    expect(headers.get('cache-control')).toBe('private, no-store');
  });

  it.each([
    ['an expired link', '/files/report.pdf?signature=old', 410, 'EXPIRED'],
    ['a forged link', '/files/report.pdf?signature=bad', 404, 'INVALID'],
    ['an unknown path', '/admin', 404, 'NOT_FOUND'],
    ['an unknown page of GraphiQL', '/graphiql/secret', 404, 'NOT_FOUND'],
    ['a way out of the paths', '/files/../../etc/passwd', 404, 'NOT_FOUND'],
  ])('GW-05 answers %s as code, message and request id', async (_case, path, status, code) => {
    const answer = await test.fetch(path, { headers: { 'x-request-id': 'request-1' } });

    expect(answer.status).toBe(status);
    expect(answer.body).toEqual({ code, message: expect.any(String), requestId: 'request-1' });
  });

  it('serves plain paths by GET and HEAD only', async () => {
    const post = await test.fetch('/health', { method: 'POST' });
    const head = await test.fetch('/health', { method: 'HEAD' });

    expect([post.status, post.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    expect([head.status, head.text, head.headers.get('content-length')]).toEqual([200, '', '16']);
  });

  it.each([
    ['a form', 'application/x-www-form-urlencoded', 415],
    ['plain text', 'text/plain', 415],
    ['an upload', 'multipart/form-data; boundary=x', 415],
    ['no type', '', 415],
    ['JSON with a character set', 'application/json; charset=utf-8', 200],
  ])('S13 takes JSON only: %s', async (_case, contentType, status) => {
    const body = Buffer.from(JSON.stringify({ query: 'mutation { placeOrder(note: "x") { id } }' }));
    const answer = await test.fetch('/graphql', {
      method: 'POST',
      body,
      headers: contentType ? { 'content-type': contentType } : {},
    });

    expect(answer.status).toBe(status);
    if (status === 415) expect(answer.body.errors[0].extensions.code).toBe('BAD_REQUEST');
  });

  it.each([
    ['a batch', '[{"query":"{ placed }"}]', 400],
    ['a list in disguise', '[]', 400],
    ['no JSON', '{', 400],
    ['a number', '7', 400],
    ['variables that are a list', '{"query":"{ placed }","variables":[]}', 400],
    ['a query that is no text', '{"query":{"kind":"Document"}}', 400],
    ['nothing to run', '{}', 400],
  ])('S8 S10 GW-13 refuses %s', async (_case, body, status) => {
    const answer = await test.fetch('/graphql', {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
    });

    expect(answer.status).toBe(status);
    expect(answer.body.errors[0].extensions.code).toBe('BAD_REQUEST');
  });

  it.each([
    ['told beforehand', { 'content-length': '204800' }],
    ['found while reading', { 'transfer-encoding': 'chunked' }],
  ])('S8 refuses a body above 100 KB, %s', async (_case, headers) => {
    const body = JSON.stringify({ query: `{ placed } #${'x'.repeat(204_800)}` }).slice(0, 204_800);
    const answer = await raw(test.url, headers, body);

    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).toContain('"code":"BAD_REQUEST"');
  });

  it.each([
    ['a query by text', '/graphql?query={placed}'],
    ['nothing', '/graphql'],
    ['a mutation by text', '/graphql?query=mutation{placeOrder(note:"x"){id}}'],
  ])('S13 does not run by GET: %s', async (_case, path) => {
    const answer = await test.fetch(path);

    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST']);
  });

  it.each(['PUT', 'DELETE', 'PATCH'])('S13 does not know %s', async (method) => {
    expect((await test.fetch('/graphql', { method })).status).toBe(405);
  });

  it.each([
    ['an allowed origin', 'https://pos.example', 'https://pos.example'],
    ['another origin', 'https://evil.example', null],
    ['an origin that starts like an allowed one', 'https://pos.example.evil.example', null],
    ['a sandboxed page', 'null', null],
  ])('S13 GW-09 lets %s read', async (_case, origin, allowed) => {
    const answer = await test.post({ query: '{ placed }' }, { origin });
    const preflight = await test.fetch('/graphql', {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST' },
    });

    for (const { headers } of [answer, preflight]) {
      expect(headers.get('access-control-allow-origin')).toBe(allowed);
      expect(headers.get('access-control-allow-credentials')).toBeNull();
      expect(headers.get('vary')).toContain('Origin');
    }
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-methods')).toBe(allowed && 'GET, POST');
  });

  it('sends headers that keep browsers from guessing', async () => {
    for (const path of ['/health', '/graphql', '/nothing', '/files/report.pdf?signature=good']) {
      const { headers } = await test.fetch(path);
      expect([headers.get('x-content-type-options'), headers.get('referrer-policy')]).toEqual([
        'nosniff',
        'no-referrer',
      ]);
    }
  });

  it.each([
    ['application/graphql-response+json', 'application/graphql-response+json; charset=utf-8'],
    ['application/json', 'application/json; charset=utf-8'],
    ['*/*', 'application/json; charset=utf-8'],
  ])('answers %s as %s', async (accept, contentType) => {
    expect((await test.post({ query: '{ placed }' }, { accept })).headers.get('content-type')).toBe(contentType);
  });

  it('rejects a taken port with the system’s code', async () => {
    await using other = await TestGateway.start();

    const listening = test.gateway.listen(Number(new URL(other.url).port), '127.0.0.1');

    await expect(listening).rejects.toMatchObject({
      code: expect.stringMatching(/EADDRINUSE|ERR_SERVER_ALREADY_LISTEN/),
    });
  });
});

describe('callers who ask for an upgrade and hang up', () => {
  it('S14 do not end the process', async () => {
    const test = await TestGateway.start();
    const failures: unknown[] = [];
    const note = (error: unknown) => failures.push(error);
    process.on('uncaughtExceptionMonitor', note);

    await Promise.all(Array.from({ length: 60 }, () => resetUpgrade(test.url)));
    const { status } = await test.fetch('/health');
    process.off('uncaughtExceptionMonitor', note);
    await test[Symbol.asyncDispose]();

    expect([status, failures]).toEqual([200, []]);
  });
});

/** Asks for an upgrade that is refused, and resets the connection at once. */
async function resetUpgrade(url: string): Promise<void> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  const left = Promise.withResolvers<void>();
  socket.on('error', () => socket.destroy());
  socket.on('close', () => left.resolve());
  const ask = 'GET /nope HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';
  socket.write(ask, () => socket.resetAndDestroy());
  await left.promise;
}

/** Sends a request as it is, and reads what comes first. */
function raw(url: string, headers: Record<string, string>, body: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const lines = Object.entries({ host: hostname, 'content-type': 'application/json', ...headers }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  const content = headers['transfer-encoding'] ? `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n` : body;
  const answer = Promise.withResolvers<string>();
  const socket = connect(Number(port), hostname, () =>
    socket.write(`POST /graphql HTTP/1.1\r\n${lines.join('')}\r\n${content}`),
  );
  let text = '';
  socket.on('data', (chunk) => {
    text += String(chunk);
    if (!text.includes('\r\n\r\n{')) return;
    answer.resolve(text);
    socket.destroy();
  });
  socket.on('error', answer.reject);
  return answer.promise;
}
