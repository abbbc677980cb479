import { z } from 'zod';
import type { Context } from '../../../platform/context.js';
import type { JobHandler } from '../../../platform/jobs/job-handler.js';
import { issueCode } from '../code/code.operations.js';
import { codeLifetimeMs, codeLink } from '../code/code.rules.js';
import { noteAddressTaken } from '../user/address-taken.operations.js';
import { findUserByIdentifier, getUser } from '../user/user.queries.js';
import { emailOf } from '../user/user.vault.js';
import type { EmailChangeEntity } from './email-change.entity.js';
import { findEmailChange } from './email-change.queries.js';
import { wantedOf } from './email-change.vault.js';

/** The kind of the job that writes to an address somebody wants. */
export const emailChangeKind = 'send-email-change';

/** The kind of the job that writes to the address somebody has until then. */
export const emailChangeNoticeKind = 'tell-email-change';

const about = { family: 'notifications', maxAttempts: 5 } as const;
const purpose = 'EMAIL_CHANGE';

/** Mails a link that shows that a wanted address is the person's. Where it is somebody else's, they are told that they have an account. */
export const sendEmailChange: JobHandler<{ userId: string }> = {
  ...about,
  kind: emailChangeKind,
  payload: z.object({ userId: z.string() }),
  run: async ({ context }, { userId }) => {
    const user = await getUser(context.em, userId);
    const change = await findEmailChange(context, context.em, user);
    if (user.isActive && change) await mailLink(context, change);
    return async () => {};
  },
};

/** Writes to the address a person had when they wanted another, which comes sealed, for the case that it was not them. */
export const tellEmailChange: JobHandler<{ email: string }> = {
  ...about,
  kind: emailChangeNoticeKind,
  payload: z.object({ email: z.string() }),
  run: async ({ id, context }, present) => {
    await context.ports.mail.send({
      to: emailOf(context.vault, present),
      subject: 'Your account is to have another e-mail address',
      text: [
        'Somebody who knows your password, probably you, wants to sign in with another e-mail address from now on.',
        'Nothing changes before that address has been shown to be theirs.',
        'If it was not you, change your password at once: that ends it.',
        '',
      ].join('\n'),
      idempotencyKey: id,
    });
    return async () => {};
  },
};

async function mailLink(context: Context, change: EmailChangeEntity): Promise<void> {
  const { em, vault, ports, config, unitOfWork } = context;
  const { userId, emailKey: detail } = change;
  const to = wantedOf(vault, change);
  if (await findUserByIdentifier(em, vault, to)) return noteAddressTaken(context, to);
  const code = await unitOfWork((own) => issueCode(context, own, { userId, purpose, detail }));
  await ports.mail.send({
    to,
    subject: 'Is this your new e-mail address?',
    text: [
      'Somebody, perhaps you, wants to sign in with this e-mail address from now on. Show that it is yours here:',
      '',
      codeLink(config.appUrl, 'verify-email', code.token),
      '',
      `The link is good once, for ${codeLifetimeMs[purpose] / 3_600_000} hours from the wish; a later one replaces it.`,
      'If it was not you, there is nothing to do.',
      '',
    ].join('\n'),
    // Of the code, not of the job: another attempt has another code to tell.
    idempotencyKey: code.id,
  });
}
