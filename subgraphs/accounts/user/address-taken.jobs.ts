import { z } from 'zod';
import type { JobHandler } from '../../../platform/jobs/job-handler.js';
import { getUser } from './user.queries.js';
import { emailOf } from './user.vault.js';

/** The kind of the job that tells the owner of an address that somebody wanted to register it. */
export const addressTakenKind = 'tell-address-taken';

/** Writes to the owner of an account whose address somebody has tried to register; people who were sent away hear nothing. */
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
          'Somebody, perhaps you, has tried to make an account with this e-mail address.',
          'There is one already, and nothing about it has changed.',
          'If it was you: sign in, or ask for a new password. If it was not, there is nothing to do.',
          '',
        ].join('\n'),
        idempotencyKey: id,
      });
    }
    return async () => {};
  },
};
