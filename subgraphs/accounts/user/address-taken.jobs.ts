import { z } from 'zod';
import type { JobHandler } from '../../../platform/jobs/job-handler.js';
import { productNameOf } from '../../../platform/ports/mail.js';
import { getUser } from './user.queries.js';
import { emailOf } from './user.vault.js';

/** The kind of the job that tells the owner of an address that somebody wanted an account with it. */
export const addressTakenKind = 'tell-address-taken';

/** Writes to the owner of an account whose address somebody else wanted for theirs; people who were sent away hear nothing. */
export const tellAddressTaken: JobHandler<{ userId: string }> = {
  kind: addressTakenKind,
  family: 'notifications',
  maxAttempts: 5,
  payload: z.object({ userId: z.string() }),
  run: async ({ id, context }, { userId }) => {
    const user = await getUser(context.em, userId);
    if (user.isActive) {
      await context.ports.mail.send({
        to: emailOf(context.vault, user),
        subject: 'You have an account already',
        text: [
          `Somebody, perhaps you, wanted this e-mail address for an account at ${productNameOf(context.config.mailFrom)}.`,
          'There is one already, and nothing about it has changed.',
          'If it was you: sign in here, or ask for a new password. If it was not, there is nothing to do.',
          '',
          context.config.appUrl,
          '',
        ].join('\n'),
        idempotencyKey: id,
      });
    }
    return async () => {};
  },
};
