import { describeError, tellableError } from './log.js';

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

  const spoilt = (): Error => {
    try {
      JSON.parse('ann@home');
    } catch (error) {
      if (error instanceof Error) return error;
    }
    throw new Error('It could be read.');
  };

  it.each([
    ['a text that is no JSON', spoilt(), 'SyntaxError'],
    [
      'a mail server',
      Object.assign(new Error('Message failed: 554 for ann'), { code: 'EMESSAGE', responseCode: 554, response: 'ann' }),
      'EMESSAGE 554',
    ],
    [
      'Node',
      Object.assign(new TypeError("The argument is invalid. Received 'ann'"), { code: 'ERR_INVALID_ARG_VALUE' }),
      'ERR_INVALID_ARG_VALUE',
    ],
    ['Redis', Object.assign(new Error('ERR wrong'), { name: 'ReplyError', command: { args: ['ann'] } }), 'ReplyError'],
    [
      'a refused value',
      new Error('Variable "$input" got invalid value "ann"; Expected type "Int".'),
      'got invalid value;',
    ],
    ['a line that looks like a place', new Error('no\n    at ann (file:///ann.js:1:1)'), 'Error'],
  ])('S25 tells nothing of what %s quotes', (what, error, told) => {
    const { message, ...others } = Object(describeError(error));

    expect(JSON.stringify([message, others])).toContain(told);
    expect(JSON.stringify(what.startsWith('a line') ? others : [message, others])).not.toContain('ann');
  });

  it('tells message and place of every other error', () => {
    expect(describeError(new TypeError('x is not a function'))).toMatchObject({
      type: 'TypeError',
      message: 'x is not a function',
      stack: expect.stringContaining('at '),
    });
  });

  it.each([
    ['a failure of ours', new Error('There is no paper.'), 'There is no paper.'],
    [
      'a mail server',
      new Error('Rejected: 550 5.1.1 <ann@example.com>: unknown, bob.b+x@mail.example.com too'),
      'Rejected: 550 5.1.1 <[address]>: unknown, [address] too',
    ],
    [
      'a database',
      Object.assign(new Error("Duplicate entry 'ann' for key"), { code: 'ER_DUP_ENTRY', errno: 1062 }),
      'Error ER_DUP_ENTRY',
    ],
    ['something thrown that is no error', 'no paper for ann@example.com', 'no paper for [address]'],
  ])('S25 lets operators read of %s without what it quotes of people', (_, error, message) => {
    const told = tellableError(error);

    expect(told.message).toBe(message);
    expect(told.stack).toContain(message);
    expect(told.stack).not.toMatch(/ann@|'ann'/);
    if (error instanceof Error) expect(told.stack).toContain('log.test.');
  });
});
