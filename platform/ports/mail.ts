/** One e-mail to one person; `text` is for readers that show no HTML. */
export interface MailMessage {
  to: string;
  subject: string;
  text: string;
  html?: string;
  /** Names the reason for the message, such as `password-reset:<token id>`: a repeated key is the same message again. */
  idempotencyKey: string;
}

/** Sends e-mail. Rejects with a plain Error for a malformed message, and with the transport's own when it cannot be handed over. */
export interface MailPort {
  send(message: MailMessage): Promise<void>;
}

// One address and nothing that could end a header or add a second address; whether it exists, only the post knows.
const ADDRESS = /^[^\s\p{Cc}\p{Zl}\p{Zp}<>()[\]\\,;:"@]{1,64}@[^\s\p{Cc}\p{Zl}\p{Zp}<>()[\]\\,;:"@]{1,189}$/u;
const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}]/u;
const MAX_SUBJECT_LENGTH = 250;

/** Throws a plain Error, which never repeats the message's words, unless the message has one address and a subject of one line. */
export function checkMessage({ to, subject, idempotencyKey }: MailMessage): void {
  if (!ADDRESS.test(to)) throw new Error('The recipient of a mail must be one e-mail address.');
  if (CONTROL.test(subject)) throw new Error('The subject of a mail must be one line.');
  if (subject.trim() === '' || subject.length > MAX_SUBJECT_LENGTH) {
    throw new Error(`The subject of a mail must have 1 to ${MAX_SUBJECT_LENGTH} characters.`);
  }
  if (idempotencyKey === '') throw new Error('A mail needs an idempotency key.');
}

/** What mails call the product: the name `MAIL_FROM` shows, or the domain of its address where it shows none. */
export function productNameOf(mailFrom: string): string {
  const [shown = '', address = mailFrom] = mailFrom.split('<');
  const name = shown.replaceAll(/["\p{Cc}]/gu, '').trim();
  return address === mailFrom || name === '' ? address.replace(/^.*@|>.*$/g, '').trim() : name;
}
