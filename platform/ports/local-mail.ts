import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { createFileOnce } from './atomic-file.js';
import { checkMessage } from './mail.js';
import type { MailMessage, MailPort } from './mail.js';

/** `smtpUrl` such as `smtps://name:password@host`; without it messages become files in `folder`. `from` is an address, or a name with one in angle brackets. */
export interface MailSettings {
  smtpUrl?: string;
  from: string;
  folder: string;
}

const CONNECT_TIMEOUT_MS = 10_000;
const SILENCE_TIMEOUT_MS = 30_000;

/** Mail by SMTP where a server is given, else into a folder where developers and tests read it; throws for a `from` of several lines. */
export function createMail({ smtpUrl, from, folder }: MailSettings): MailPort {
  if (/\p{Cc}/u.test(from) || !from.includes('@'))
    throw new Error('The sender of mails must be an address on one line.');
  return smtpUrl === undefined ? createFileMail(from, folder) : createSmtpMail(from, smtpUrl);
}

/** The same key gives the same Message-ID, which is how a mail server can tell a repetition; SMTP itself cannot. */
function createSmtpMail(from: string, smtpUrl: string): MailPort {
  const transport = createTransport({
    url: smtpUrl,
    connectionTimeout: CONNECT_TIMEOUT_MS,
    greetingTimeout: CONNECT_TIMEOUT_MS,
    socketTimeout: SILENCE_TIMEOUT_MS,
  });
  return {
    send: async (message) => {
      await transport.sendMail(toMail(from, message));
    },
  };
}

function createFileMail(from: string, folder: string): MailPort {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  return {
    send: async (message) => {
      const { message: written } = await transport.sendMail(toMail(from, message));
      if (!Buffer.isBuffer(written)) throw new Error('The mail was not written into memory.');
      await createFileOnce(join(folder, `${digestOf(message)}.eml`), [written]);
    },
  };
}

function toMail(from: string, message: MailMessage) {
  checkMessage(message);
  const { to, subject, text, html } = message;
  const domain = /@([\w.-]+)/.exec(from)?.[1] ?? 'localhost';
  return {
    from,
    to,
    subject,
    text,
    html,
    messageId: `<${digestOf(message)}@${domain}>`,
    // The library would fetch what a message names by path or address.
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

function digestOf({ idempotencyKey }: MailMessage): string {
  return createHash('sha256').update(idempotencyKey).digest('hex').slice(0, 40);
}
