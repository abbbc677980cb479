import { z } from 'zod';
import type { JobHandler } from '../../../platform/jobs/job-handler.js';
import { applyBiometricEvent, applyBiometricEventKind } from './biometric-event.operations.js';

/** Acts on what a provider of biometrics has told. */
export const applyBiometricEvents: JobHandler<{ id: string }> = {
  kind: applyBiometricEventKind,
  family: 'maintenance',
  maxAttempts: 10,
  payload: z.object({ id: z.string() }),
  run: async ({ context }, { id }) => {
    return (em) => applyBiometricEvent(em, context.clock, id);
  },
};
