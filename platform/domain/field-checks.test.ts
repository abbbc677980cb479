import { BadUserInput, DomainError, notFound, SeveralFailures } from './errors.js';
import { checkAll } from './field-checks.js';

const tooLong = new BadUserInput('It is too long.', ['name']);
const taken = new DomainError('ALREADY_EXISTS', 'It is taken.', ['email']);
const failing = (error: Error) => (): never => {
  throw error;
};

describe('checks of several fields', () => {
  it('give what the rules make of the values', () => {
    expect(
      checkAll((check) => ({ name: check(' Ann ', (name) => name.trim()), age: check(5, (age) => age + 1) })),
    ).toEqual({ name: 'Ann', age: 6 });
  });

  it('throw a single failure as it is', () => {
    expect(() => checkAll((check) => [check('x', failing(taken)), check('y', (name) => name)])).toThrow(taken);
  });

  it('throw several together, also those of checks within', () => {
    const within = () => checkAll((check) => check(check('a', failing(tooLong)), failing(taken)));

    const together = (): unknown => checkAll((check) => [check('x', within), check('y', failing(tooLong))]);

    expect(together).toThrow(SeveralFailures);
    expect(together).toThrow(expect.objectContaining({ failures: [tooLong, taken, tooLong] }));
    expect(together).toThrow('name: It is too long. email: It is taken.');
  });

  it.each([notFound('The brand'), new DomainError('FORBIDDEN', 'No.'), new Error('Broken.')])(
    'let %s through at once, which is no matter of a field',
    (error) => {
      expect(() => checkAll((check) => [check('x', failing(taken)), check('y', failing(error))])).toThrow(error);
    },
  );
});
