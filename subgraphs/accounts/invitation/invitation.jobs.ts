import { z } from 'zod';
import type { Context } from '../../../platform/context.js';
import type { JobHandler } from '../../../platform/jobs/job-handler.js';
import { getBrand } from '../brand/brand.queries.js';
import { issueCode } from '../code/code.operations.js';
import { codeLifetimeMs, codeLink } from '../code/code.rules.js';
import type { UserEntity } from '../user/user.entity.js';
import { invitationKind } from '../user/user.operations.js';
import { getUser } from '../user/user.queries.js';

const purpose = 'INVITATION';

/** Mails a link by which somebody chooses the first password of an account that was made for them; nothing to who has one by now. */
export const sendInvitation: JobHandler<{ userId: string; brandId: string }> = {
  kind: invitationKind,
  family: 'notifications',
  maxAttempts: 5,
  payload: z.object({ userId: z.string(), brandId: z.string() }),
  run: async ({ context }, { userId, brandId }) => {
    const user = await getUser(context.em, userId);
    if (user.isActive && user.passwordHash === null) await mailInvitation(context, user, brandId);
    return async () => {};
  },
};

async function mailInvitation(context: Context, user: UserEntity, brandId: string): Promise<void> {
  const { em, viewer, config, ports, unitOfWork } = context;
  const { name } = await getBrand(em, viewer, brandId);
  const code = await unitOfWork((own) => issueCode(context, own, { userId: user.id, purpose }));
  await ports.mail.send({
    to: code.email,
    subject: 'An account for you',
    text: [
      `${name} has made an account for you. Choose a password for it here:`,
      '',
      codeLink(config.appUrl, 'reset-password', code.token),
      '',
      `The link is good once, for ${codeLifetimeMs[purpose] / 3_600_000} hours; after that, ask for a new password.`,
      'If you do not know what this is about, there is nothing to do.',
      '',
    ].join('\n'),
    // Of the code, not of the job: another attempt has another code to tell.
    idempotencyKey: code.id,
  });
}
