import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMail } from './local-mail.js';

const from = 'Downtown Cafe <no-reply@example.com>';
const message = {
  to: 'asha@example.com',
  subject: 'Your receipt, ₹450',
  text: 'Thank you.\nधन्यवाद',
  html: '<p>Thank you.</p>',
  idempotencyKey: 'receipt:rcp_1',
};

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mail-'));
});
afterEach(() => rm(folder, { recursive: true }));

const readMails = async () => Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8')));

describe('mail into a folder', () => {
  it('writes the message as a mail reader opens it', async () => {
    await createMail({ from, folder }).send(message);

    const [name] = await readdir(folder);
    const [mail = ''] = await readMails();
    expect(name).toMatch(/^[\da-f]{40}\.eml$/);
    expect(mail).toContain('From: Downtown Cafe <no-reply@example.com>\r\n');
    expect(mail).toContain('To: asha@example.com\r\n');
    expect(mail).toContain(`Subject: =?UTF-8?Q?Your_receipt=2C_=E2=82=B9450?=\r\n`);
    expect(mail).toContain(`Message-ID: <${name?.slice(0, 40)}@example.com>\r\n`);
    expect(mail).toContain('Content-Type: text/plain; charset=utf-8');
    expect(mail).toContain('<p>Thank you.</p>');
  });

  it('writes a message once, however often and however many at a time send it', async () => {
    const [mail, other] = [createMail({ from, folder }), createMail({ from, folder })];

    await Promise.all([mail.send(message), other.send(message), mail.send(message)]);
    await mail.send({ ...message, text: 'changed' });

    const mails = await readMails();
    expect(mails).toHaveLength(1);
    expect(mails[0]).not.toContain('changed');
  });

  it('writes equal words twice for two reasons', async () => {
    const mail = createMail({ from, folder });

    await mail.send(message);
    await mail.send({ ...message, idempotencyKey: 'receipt:rcp_2' });

    expect(await readMails()).toHaveLength(2);
  });

  it.each([
    ['a second header by the subject', { subject: 'Hello\r\nBcc: eve@example.com' }],
    ['a line break alone', { subject: 'Hello\n' }],
    ['a carriage return alone', { subject: 'Hello\rthere' }],
    ['a line separator', { subject: 'Hello\u2028there' }],
    ['an empty subject', { subject: ' ' }],
    ['a subject without end', { subject: 'a'.repeat(251) }],
    ['a second header by the recipient', { to: 'asha@example.com\r\nBcc: eve@example.com' }],
    ['a second recipient', { to: 'asha@example.com, eve@example.com' }],
    ['a second recipient in a name', { to: '"asha@example.com" <eve@example.com>' }],
    ['a group', { to: 'all:eve@example.com;' }],
    ['no recipient', { to: '' }],
    ['no domain', { to: 'asha' }],
    ['no reason', { idempotencyKey: '' }],
  ])('refuses %s, and writes nothing', async (_what, change) => {
    await expect(createMail({ from, folder }).send({ ...message, ...change })).rejects.toThrow(/mail (must|needs)/);
    expect(await readdir(folder)).toEqual([]);
  });

  it('refuses a sender of two lines', () => {
    expect(() => createMail({ from: 'a@example.com\r\nBcc: eve@example.com', folder })).toThrow('on one line');
  });
});

/** A mail server that accepts everything, or refuses each recipient. */
async function startServer(recipientAnswer: string) {
  const received: string[] = [];
  const server = createServer((socket) => {
    let isBody = false;
    socket.write('220 test\r\n');
    socket.on('data', (chunk) => {
      const text = chunk.toString();
      received.push(text);
      if (text.startsWith('DATA')) isBody = true;
      if (text.startsWith('QUIT')) socket.end('221 bye\r\n');
      else if (text.startsWith('DATA')) socket.write('354 go on\r\n');
      else if (isBody && !text.endsWith('\r\n.\r\n')) return;
      else socket.write(text.startsWith('RCPT') ? `${recipientAnswer}\r\n` : '250 ok\r\n');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The test server has no port.');
  return { smtpUrl: `smtp://127.0.0.1:${address.port}`, received, close: () => server.close() };
}

describe('mail by SMTP', () => {
  it('hands the message to the server, with the Message-ID of its reason', async () => {
    const server = await startServer('250 ok');

    await createMail({ smtpUrl: server.smtpUrl, from, folder }).send(message);
    server.close();

    const dialogue = server.received.join('');
    expect(dialogue).toContain('MAIL FROM:<no-reply@example.com>');
    expect(dialogue).toContain('RCPT TO:<asha@example.com>');
    expect(dialogue).toMatch(/Message-ID: <[\da-f]{40}@example\.com>/);
    expect(await readdir(folder)).toEqual([]);
  });

  it('fails when the server refuses', async () => {
    const server = await startServer('550 no such user');

    await expect(createMail({ smtpUrl: server.smtpUrl, from, folder }).send(message)).rejects.toThrow('550');
    server.close();
  });

  it('refuses a malformed message before the server hears of it', async () => {
    const server = await startServer('250 ok');
    const mail = createMail({ smtpUrl: server.smtpUrl, from, folder });

    await expect(mail.send({ ...message, subject: 'a\r\nBcc: b@c.d' })).rejects.toThrow('one line');
    server.close();

    expect(server.received).toEqual([]);
  });
});
