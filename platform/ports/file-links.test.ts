import { instant } from '../process/clock.js';
import { createFileLinks } from './file-links.js';

const secret = 'a secret for the tests of links, 32 bytes';
const key = 'brands/brd_1/reports/rep_1.pdf';
const fileName = 'Sales & tips, दैनिक 100%.pdf';
const expiresAt = instant('2030-01-01T10:00:00.900Z');
const before = instant('2030-01-01T09:59:59.999Z');
const after = instant('2030-01-01T10:00:00.000Z');

const links = createFileLinks({ publicUrl: 'https://api.example.com/', secret });
const signed = links.sign(key, { fileName, expiresAt });
const pathAndQuery = signed.slice('https://api.example.com'.length);

const changed = (part: string, value: string) => {
  const url = new URL(signed);
  url.searchParams.set(part, value);
  return url.pathname + url.search;
};

describe('a signed link', () => {
  it('names the key, the file, the second of expiry and a signature', () => {
    const url = new URL(signed);

    expect(url.origin + url.pathname).toBe(`https://api.example.com/files/${key}`);
    expect([...url.searchParams.keys()]).toEqual(['name', 'expires', 'signature']);
    expect(url.searchParams.get('name')).toBe(fileName);
    expect(url.searchParams.get('expires')).toBe(String(Date.parse('2030-01-01T10:00:00Z') / 1000));
    expect(url.searchParams.get('signature')).toMatch(/^[\w-]{43}$/);
  });

  it('works until it expires', () => {
    expect(links.verify(pathAndQuery, before)).toEqual({ key, fileName });
    expect(links.verify(pathAndQuery, after)).toBe('EXPIRED');
  });

  it.each([
    ['another key', pathAndQuery.replace('rep_1', 'rep_2')],
    ['another brand', pathAndQuery.replace('brd_1', 'brd_2')],
    ['another name', changed('name', 'invoice.pdf')],
    ['a later expiry', changed('expires', '1999999999')],
    ['an expiry written otherwise', changed('expires', `0${Date.parse('2030-01-01T10:00:00Z') / 1000}`)],
    ['an expiry that is no number', changed('expires', 'Infinity')],
    ['another signature', changed('signature', 'A'.repeat(43))],
    ['a shorter signature', changed('signature', 'A')],
    ['no signature', pathAndQuery.replace(/&signature=.*/, '')],
    ['a second name', `${pathAndQuery}&name=other.pdf`],
    ['no query', pathAndQuery.replace(/\?.*/, '')],
    ['a way up', pathAndQuery.replace('reports/', '../brd_1/reports/')],
    ['an escaped way up', pathAndQuery.replace('reports/', '%2e%2e/brd_1/reports/')],
    ['an escaped letter', pathAndQuery.replace('rep_1', '%72ep_1')],
    ['another route', pathAndQuery.replace('/files/', '/file/')],
    ['nothing', ''],
    ['half an escape', '/files/%?%'],
  ])('is worth nothing with %s, before and after its expiry', (_what, link) => {
    expect(links.verify(link, before)).toBe('INVALID');
    expect(links.verify(link, after)).toBe('INVALID');
  });

  it('is worth nothing where another secret signs', () => {
    const others = createFileLinks({ publicUrl: 'https://api.example.com', secret: secret.toUpperCase() });
    expect(others.verify(pathAndQuery, before)).toBe('INVALID');
  });

  it('works behind a proxy that keeps the base path, and behind one that takes it away', () => {
    const based = createFileLinks({ publicUrl: 'https://example.com/api/', secret });
    const link = based.sign(key, { fileName, expiresAt });

    expect(link.startsWith('https://example.com/api/files/brands/')).toBe(true);
    expect(based.verify(link.slice('https://example.com'.length), before)).toEqual({ key, fileName });
    expect(based.verify(link.slice('https://example.com/api'.length), before)).toEqual({ key, fileName });
  });

  it.each(['', ' ', '..', 'a/b.pdf', 'a\\b.pdf', 'a"b.pdf', 'a\r\nX: y', 'a\u202Efdp.exe', '\ud800', 'a'.repeat(201)])(
    'is not made for the file name %j',
    (name) => {
      expect(() => links.sign(key, { fileName: name, expiresAt })).toThrow('plain file name');
    },
  );

  it('is not made without a time, nor with a short secret', () => {
    expect(() => links.sign(key, { fileName, expiresAt: instant('never') })).toThrow('time of expiry');
    expect(() => createFileLinks({ publicUrl: 'http://localhost', secret: 'x'.repeat(31) })).toThrow('32 bytes');
  });
});
