import { DomainError } from '../../../platform/domain/errors.js';
import { requirePayable } from './payment.rules.js';

const order = { status: 'READY' as const, totalMinor: 20_000, paidMinor: 8_000, currency: 'INR' };

function refusalOf(work: () => void): string {
  try {
    work();
    return 'taken';
  } catch (error) {
    return error instanceof DomainError ? `${error.code}: ${error.message}` : String(error);
  }
}

describe('what can be paid', () => {
  it.each([
    ['a part', order, 1, 'INR', 'taken'],
    ['all that is due', order, 12_000, 'INR', 'taken'],
    ['more than is due', order, 12_001, 'INR', 'AMOUNT_MISMATCH: Due is 120.00 INR.'],
    ['another currency', order, 100, 'AED', 'CURRENCY_MISMATCH: The order is in INR, not AED.'],
    [
      'a cancelled order',
      { ...order, status: 'CANCELLED' as const },
      100,
      'INR',
      'INVALID_STATE: An order that is CANCELLED cannot be paid.',
    ],
    [
      'a draft',
      { ...order, status: 'DRAFT' as const },
      100,
      'INR',
      'INVALID_STATE: An order that is DRAFT cannot be paid.',
    ],
    ['nothing', order, 0, 'INR', 'BadUserInput: An amount is more than zero.'],
    ['less than nothing', order, -1, 'INR', 'BadUserInput: An amount is more than zero.'],
  ])('PAY-04 %s', (_name, paid, amountMinor, currency, expected) => {
    expect(refusalOf(() => requirePayable(paid, { amountMinor, currency }))).toBe(expected);
  });
});
