import { z } from 'zod';
import type { Context } from '../../../platform/context.js';
import type { JobHandler } from '../../../platform/jobs/job-handler.js';
import { productNameOf } from '../../../platform/ports/mail.js';
import { issueCode } from '../code/code.operations.js';
import { codeLifetimeMs, codeLink, digitsLifetimeMs } from '../code/code.rules.js';
import { emailVerificationKind } from '../user/registration.operations.js';
import type { UserEntity } from '../user/user.entity.js';
import { getUser } from '../user/user.queries.js';

/** Mails a link and six digits, either of which shows that the address is the person's; the code is made here, so that it lies in no job. */
export const sendEmailVerification: JobHandler<{ userId: string }> = {
  kind: emailVerificationKind,
  family: 'notifications',
  maxAttempts: 5,
  payload: z.object({ userId: z.string() }),
  run: async ({ context }, { userId }) => {
    const user = await getUser(context.em, userId);
    if (user.isActive && !user.isEmailVerified) await mailCode(context, user);
    return async () => {};
  },
};

async function mailCode(context: Context, user: UserEntity): Promise<void> {
  const purpose = 'EMAIL_VERIFICATION';
  const code = await context.unitOfWork((em) => issueCode(context, em, { userId: user.id, purpose }));
  await context.ports.mail.send({
    to: code.email,
    subject: 'Is this your e-mail address?',
    text: [
      `Somebody, perhaps you, has given this e-mail address for an account at ${productNameOf(context.config.mailFrom)}.`,
      'Show that it is yours here:',
      '',
      codeLink(context.config.appUrl, 'verify-email', code.token),
      '',
      `or, where you are signed in, by this code: ${code.digits}`,
      '',
      `The link is good for ${codeLifetimeMs[purpose] / 3_600_000} hours, the code for ${digitsLifetimeMs / 60_000} minutes; later ones replace them.`,
      'If it was not you, there is nothing to do.',
      '',
    ].join('\n'),
    // Of the code, not of the job: another attempt has another code to tell.
    idempotencyKey: code.id,
  });
}
