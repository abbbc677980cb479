import { productNameOf } from './mail.js';

describe('the sender of mails', () => {
  it.each([
    ['TwinEngine <no-reply@twinengine.example>', 'TwinEngine'],
    ['"Tandoor & Co" <post@tandoor.example>', 'Tandoor & Co'],
    ['<post@tandoor.example>', 'tandoor.example'],
    ['post@tandoor.example', 'tandoor.example'],
  ])('ACC-12 %s is called %s', (mailFrom, name) => {
    expect(productNameOf(mailFrom)).toBe(name);
  });
});
