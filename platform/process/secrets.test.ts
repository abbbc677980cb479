import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newSecrets, secretsOfFolder } from './secrets.js';

describe('the secrets of a data folder', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'twin-secrets-'));
    file = join(folder, 'secrets.json');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('X-06 are made once, for their owner only', () => {
    const made = secretsOfFolder(folder);

    expect(secretsOfFolder(folder)).toEqual(made);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('X-06 get the keys of columns added where they had none, and nothing else is changed', () => {
    const { tokenKey, viewerSecret, fileSecret } = newSecrets();
    const before = { tokenKey, viewerSecret, fileSecret, later: 'kept' };
    writeFileSync(file, JSON.stringify(before));

    const first = secretsOfFolder(folder);

    expect(first).toMatchObject({ tokenKey, viewerSecret, fileSecret });
    expect(first.columnKeys).toEqual([{ id: 'k1', key: expect.stringMatching(/^[\w+/]{43}=$/) }]);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ ...first, ...before });
    expect(secretsOfFolder(folder)).toEqual(first);
    expect([statSync(file).mode & 0o777, existsSync(`${file}.new`)]).toEqual([0o600, false]);
  });

  it('X-06 are not made anew where the file is damaged', () => {
    writeFileSync(file, '{"tokenKey": ');

    expect(() => secretsOfFolder(folder)).toThrow(/is damaged/);
    expect(readFileSync(file, 'utf8')).toBe('{"tokenKey": ');
  });
});
