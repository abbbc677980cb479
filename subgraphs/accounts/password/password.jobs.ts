import { z } from 'zod';
import type { Context } from '../../../platform/context.js';
import type { JobHandler } from '../../../platform/jobs/job-handler.js';
import { productNameOf } from '../../../platform/ports/mail.js';
import { issueCode } from '../code/code.operations.js';
import { codeLifetimeMs, codeLink } from '../code/code.rules.js';
import type { UserEntity } from '../user/user.entity.js';
import { getUser } from '../user/user.queries.js';
import { emailOf } from '../user/user.vault.js';

/** The kind of the job that mails the way to a new password. */
export const passwordResetKind = 'send-password-reset';

/** The kind of the job that tells a person that their password is another one. */
export const passwordChangedKind = 'tell-password-changed';

/**
 * Mails a link that sets a new password; without a person it does nothing, and neither for people who were sent away.
 * The code is made here, so that it lies in no job: an attempt that failed leaves a code which the next one replaces.
 */
export const sendPasswordReset: JobHandler<{ userId: string | null }> = {
  kind: passwordResetKind,
  family: 'notifications',
  maxAttempts: 5,
  payload: z.object({ userId: z.string().nullable() }),
  run: async ({ context }, { userId }) => {
    const user = userId === null ? null : await getUser(context.em, userId);
    if (user?.isActive) await mailReset(context, user);
    return async () => {};
  },
};

/** Writes to a person whose password has changed, for the case that it was not them. */
export const tellPasswordChanged: JobHandler<{ userId: string }> = {
  kind: passwordChangedKind,
  family: 'notifications',
  maxAttempts: 5,
  payload: z.object({ userId: z.string() }),
  run: async ({ id, context }, { userId }) => {
    const user = await getUser(context.em, userId);
    await context.ports.mail.send({
      to: emailOf(context.vault, user),
      subject: 'Your password was changed',
      text: [
        `The password of your account at ${productNameOf(context.config.mailFrom)} was changed, and other devices were signed out.`,
        'If it was you, there is nothing to do. If it was not, ask for a new password at once and tell your manager.',
        '',
      ].join('\n'),
      idempotencyKey: id,
    });
    return async () => {};
  },
};

async function mailReset(context: Context, user: UserEntity): Promise<void> {
  const purpose = 'PASSWORD_RESET';
  const code = await context.unitOfWork((em) => issueCode(context, em, { userId: user.id, purpose }));
  await context.ports.mail.send({
    to: code.email,
    subject: 'A new password',
    text: [
      `Somebody, perhaps you, has asked for a new password for your account at ${productNameOf(context.config.mailFrom)}.`,
      'Set one here:',
      '',
      codeLink(context.config.appUrl, 'reset-password', code.token),
      '',
      `The link is good once, for ${codeLifetimeMs[purpose] / 60_000} minutes; a later one replaces it.`,
      'If it was not you, there is nothing to do: your password has not changed.',
      '',
    ].join('\n'),
    // Of the code, not of the job: another attempt has another code to tell.
    idempotencyKey: code.id,
  });
}
