import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { tenantKey } from '../domain/tenant-key.js';
import { instant } from '../process/clock.js';
import { createLocalFiles } from './local-files.js';

const secret = 'a secret for the tests of links, 32 bytes';
const key = tenantKey('brd_1', 'reports', 'rep_1.pdf');
const pdf = Buffer.from('%PDF-1.7\nbody\n');

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'files-'));
});
afterEach(() => rm(folder, { recursive: true }));

const start = () => createLocalFiles({ folder, publicUrl: 'http://localhost:4000', secret });

const namesIn = async (path: string) => (await readdir(path, { recursive: true })).toSorted();

describe('files in a folder', () => {
  it('gives back what was put: bytes, size and content type', async () => {
    const files = start();

    await files.put(key, pdf, 'application/pdf');
    const file = await files.get(key);

    expect(file).toMatchObject({ sizeBytes: pdf.length, contentType: 'application/pdf' });
    expect(file && (await buffer(file.body))).toEqual(pdf);
    expect((await stat(join(folder, key))).mode & 0o777).toBe(0o600);
  });

  it.each([0, 1, 5_000_000])('keeps a file of %d bytes', async (length) => {
    const body = Buffer.alloc(length, 10);
    const files = start();

    await files.put(key, body, 'text/csv; charset=utf-8');
    const file = await files.get(key);

    expect(file?.contentType).toBe('text/csv; charset=utf-8');
    expect(file && Buffer.compare(await buffer(file.body), body)).toBe(0);
  });

  it('replaces a file, while a reader of the older one reads it to its end', async () => {
    const files = start();
    await files.put(key, pdf, 'application/pdf');

    const older = await files.get(key);
    await files.put(key, Buffer.from('a;b'), 'text/csv');
    const newer = await files.get(key);

    expect(older && (await buffer(older.body))).toEqual(pdf);
    expect(newer?.contentType).toBe('text/csv');
    expect(newer && (await buffer(newer.body)).toString()).toBe('a;b');
    expect(await namesIn(join(folder, 'brands/brd_1/reports'))).toEqual(['rep_1.pdf']);
  });

  it('is whole, whichever of two writers wins', async () => {
    const files = start();
    const bodies = ['a', 'b'].map((letter) => Buffer.from(letter.repeat(300_000)));

    await Promise.all(bodies.map((body) => files.put(key, body, 'text/plain')));
    const file = await files.get(key);
    const stored = file && (await buffer(file.body));

    expect(bodies.some((body) => stored?.equals(body))).toBe(true);
  });

  it('leaves nothing behind when it cannot write', async () => {
    const files = start();
    await files.put(tenantKey('brd_1', 'a'), pdf, 'application/pdf');

    await expect(files.put(tenantKey('brd_1', 'a', 'b'), pdf, 'application/pdf')).rejects.toThrow();

    expect(await namesIn(folder)).toEqual(['brands', 'brands/brd_1', 'brands/brd_1/a']);
  });

  it('knows no file that is missing, removed, or only a folder', async () => {
    const files = start();
    await files.put(key, pdf, 'application/pdf');
    expect(await files.get('brands/brd_1/reports')).toBeNull();
    expect(await files.get(`${key}/deeper`)).toBeNull();

    for (const name of [key, key, 'brands/brd_1/reports', `${key}/deeper`]) await files.remove(name);

    expect(await files.get(key)).toBeNull();
  });

  it.each([
    '',
    'reports/rep_1.pdf',
    'brands/brd_1',
    'brands/brd_1/',
    '/brands/brd_1/a',
    'brands//a',
    'brands/../../etc/passwd',
    'brands/brd_1/../brd_2/a',
    'brands/brd_1/./a',
    'brands/brd_1/.hidden',
    'brands/brd_1/a\\..\\b',
    'brands/brd_1/%2e%2e',
    'brands/brd_1/a b',
    'brands/brd_1/a\u0000',
    'brands/brd_1/a\n',
    'brands/brd_1/ä',
    `brands/brd_1/${'a'.repeat(129)}`,
    `brands/brd_1${'/aaaa'.repeat(110)}`,
  ])('refuses the key %j everywhere', async (bad) => {
    const files = start();

    await expect(Reflect.apply(files.put, files, [bad, pdf, 'application/pdf'])).rejects.toThrow('is not a file key');
    await expect(files.get(bad)).rejects.toThrow('is not a file key');
    await expect(files.remove(bad)).rejects.toThrow('is not a file key');
    expect(() => files.signedUrl(bad, { fileName: 'a', expiresAt: instant('1970-01-01T00:00:01Z') })).toThrow(
      'is not a file key',
    );

    expect(await namesIn(folder)).toEqual([]);
  });

  it.each(['', 'pdf', 'text/html\r\nX: y', 'a/b; x="y"'])('refuses the content type %j', async (contentType) => {
    await expect(start().put(key, pdf, contentType)).rejects.toThrow('type/subtype');
    expect(await namesIn(folder)).toEqual([]);
  });
});
