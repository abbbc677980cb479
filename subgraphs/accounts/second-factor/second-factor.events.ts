import type { DomainEvent } from '../../../platform/data/outbox.js';
import { stepAt } from './second-factor.rules.js';

/** Why somebody's second step came or went. */
export type SecondFactorChange = 'CONFIRMED' | 'DISABLED' | 'RESET';

/** Somebody signs in with a second step from now on, or no longer. */
export function secondFactorChanged(
  userId: string,
  reason: SecondFactorChange,
  now: Date,
): DomainEvent<'second-factor.changed'> {
  return {
    type: 'second-factor.changed',
    // The row goes with the factor and can count nothing: time does.
    aggregate: { id: userId, brandId: '', version: stepAt(now) },
    payload: { isEnabled: reason === 'CONFIRMED' },
    reason,
  };
}
