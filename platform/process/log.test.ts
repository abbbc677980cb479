import { describeError } from './log.js';

describe('the log', () => {
  it('S25 tells nothing of what a database quotes in its errors', () => {
    const error = Object.assign(new Error("Duplicate entry 'ann@example.com' for key"), {
      code: 'ER_DUP_ENTRY',
      errno: 1062,
      sql: "insert … 'ann@example.com'",
    });

    const told = JSON.stringify(describeError(error));

    expect(told).not.toContain('ann@example.com');
    expect(told).toContain('ER_DUP_ENTRY');
  });

  it('tells message and place of every other error', () => {
    expect(describeError(new TypeError('x is not a function'))).toMatchObject({
      type: 'TypeError',
      message: 'x is not a function',
      stack: expect.stringContaining('at '),
    });
  });
});
