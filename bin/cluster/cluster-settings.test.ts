import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { newSecrets, secretVariables } from '../../platform/process/secrets.js';
import { chooseDataFolder, readCommand, readConfig, sharedVariables } from './cluster-settings.js';

const secrets = newSecrets();
const given = secretVariables(secrets);

describe('what a cluster is told', () => {
  it.each([
    [[], { replicas: 2, isDemoWanted: true }],
    [['--replicas', '3', '--empty'], { replicas: 3, isDemoWanted: false }],
  ])('by %j', (args, command) => {
    expect(readCommand(args)).toEqual(command);
  });

  it.each([
    [['--replicas', '0'], '--replicas: must be'],
    [['--replicas', 'two'], '--replicas: must be'],
    [['--replicas', '10'], '--replicas: must be'],
    [['--replica', '2'], 'Usage: npm run cluster'],
    [['two'], 'Usage: npm run cluster'],
  ])('refuses %j', (args, reason) => {
    expect(() => readCommand(args)).toThrow(reason);
  });

  it('takes secrets all from the environment or all from its folder', () => {
    expect(readConfig({ DATABASE_URL: 'mysql://db', ...given }).secrets).toEqual(secrets);
    expect(readConfig({ DATABASE_URL: 'mysql://db' }).secrets).toBeNull();
    expect(() => readConfig({ VIEWER_SECRET: secrets.viewerSecret })).toThrow(/^TOKEN_KEY: .*\nFILE_SECRET: /);
    expect(() => readConfig({ DATABASE_URL: 'oracle://db' })).toThrow(/^DATABASE_URL: /);
  });

  it('keeps files as long as the database they belong to, and away from the embedded product', () => {
    const own = chooseDataFolder({});
    try {
      expect(own).toEqual({ path: expect.stringContaining('twin-cluster-'), isTemporary: true });
      expect(existsSync(own.path)).toBe(true);
    } finally {
      rmSync(own.path, { recursive: true });
    }
    expect(chooseDataFolder({ DATABASE_URL: 'mysql://db' })).toEqual({
      path: resolve('.data/cluster'),
      isTemporary: false,
    });
    expect(chooseDataFolder({ DATA_DIR: 'files' })).toEqual({ path: resolve('files'), isTemporary: false });
  });

  it('gives every process the same secrets, also in the next run', () => {
    const folder = mkdtempSync(join(tmpdir(), 'twin-settings-'));
    try {
      const made = sharedVariables(readConfig({}), folder);

      expect(made).toMatchObject({ DATA_DIR: folder, TOKEN_KEY: expect.stringContaining('PRIVATE KEY') });
      expect(sharedVariables(readConfig({}), folder)).toEqual(made);
      expect(readFileSync(join(folder, 'secrets.json'), 'utf8')).toContain(String(made['VIEWER_SECRET']));
      expect(sharedVariables(readConfig(given), folder)).toEqual({ DATA_DIR: folder, ...given });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
