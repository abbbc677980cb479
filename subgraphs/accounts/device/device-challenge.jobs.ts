import { z } from 'zod';
import type { JobHandler, Schedule } from '../../../platform/jobs/job-handler.js';
import { DeviceChallengeEntity } from './device-challenge.entity.js';

const kind = 'forget-device-challenges';

/** Removes challenges that nobody can answer any more. */
export const forgetDeviceChallenges: JobHandler<Record<string, never>> = {
  kind,
  family: 'maintenance',
  maxAttempts: 3,
  payload: z.record(z.string(), z.never()),
  run: async ({ context }) => {
    const now = context.clock.now();
    return async (em) => void (await em.nativeDelete(DeviceChallengeEntity, { expiresAt: { $lte: now } }));
  },
};

/** Every hour. */
export const forgettingDeviceChallenges: Schedule = {
  id: kind,
  cron: '17 * * * *',
  timeZone: 'UTC',
  kind,
  payload: {},
};
