import { BadUserInput, DomainError, SeveralFailures, type FieldFailure } from './errors.js';

/** The value as a rule accepts it; where the rule refuses it, that is noted and the value is what was given. */
export type Check = <Value>(given: Value, rule: (given: Value) => Value) => Value;

/**
 * What is made of values that are checked on the way. Whoever filled in a form is told all that is wrong with it: the
 * failures are thrown together once every field has been looked at, so nothing that is made may last by then.
 */
export function checkAll<Made>(make: (check: Check) => Made): Made {
  const failures: FieldFailure[] = [];
  const made = make((given, rule) => {
    try {
      return rule(given);
    } catch (error) {
      failures.push(...failuresIn(error));
      return given;
    }
  });
  const [only] = failures;
  if (only === undefined) return made;
  throw failures.length === 1 ? only : new SeveralFailures(failures);
}

// What is not about a field, such as a refusal, is no matter of the form.
function failuresIn(error: unknown): readonly FieldFailure[] {
  if (error instanceof SeveralFailures) return error.failures;
  if (error instanceof BadUserInput || (error instanceof DomainError && error.field !== null)) return [error];
  throw error;
}
