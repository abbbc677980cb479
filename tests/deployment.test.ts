import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { requireClusterConfig, type ClusterConfig } from '../bin/many-machines.js';
import { judgeSettings } from '../platform/data/settings.rules.js';
import { subgraphNames } from '../platform/events/catalogue.js';
import { loadConfig, variableNames } from '../platform/process/config.js';
import { newSecrets, secretVariables } from '../platform/process/secrets.js';

const serviceShape = z.object({
  image: z.string(),
  build: z.string().optional(),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
  stop_grace_period: z.string().optional(),
  healthcheck: z
    .object({ disable: z.literal(true) })
    .or(z.object({ test: z.array(z.string()) }))
    .optional(),
});
const composeShape = z.object({
  services: z.record(z.string(), serviceShape),
  configs: z.record(z.string(), z.object({ content: z.string() })),
});
type Service = z.infer<typeof serviceShape>;

const read = (file: string) => readFileSync(file, 'utf8');
const { services, configs } = composeShape.parse(parse(read('docker-compose.yml'), { merge: true }));
const given: Readonly<Record<string, string>> = {
  ...secretVariables(newSecrets()),
  MYSQL_PASSWORD: 'abc123',
  MYSQL_ROOT_PASSWORD: 'def456',
};

/** What Compose makes of `${NAME:-default}` and `${NAME:?message}` with the secrets and nothing else given. */
function interpolated(text: string): string {
  return text.replaceAll(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_, name: string, kind?: string, rest = '') => {
    const value = given[name] ?? (kind === '-' ? rest : undefined);
    if (value === undefined) throw new Error(`docker-compose.yml needs ${name}, which nobody is told to give.`);
    return value;
  });
}

const environmentOf = ({ environment }: Service) =>
  Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, interpolated(String(value))]));
const serviceOf = (name: string): Service => {
  const service = services[name];
  if (!service) throw new Error(`docker-compose.yml has no service ${name}.`);
  return service;
};
const configOf = (name: string): ClusterConfig =>
  requireClusterConfig(loadConfig(environmentOf(serviceOf(name))), { needsDatabase: name !== 'gateway' });

const ours = Object.entries(services).filter(([, { image }]) => image === 'twinengine');
const endless = [...subgraphNames, 'worker', 'gateway'];

describe('docker-compose.yml', () => {
  it('has every process of the product, the steps before them, and the servers of the versions it is for', () => {
    expect(ours.map(([name]) => name).toSorted()).toEqual([...endless, 'migrate', 'demo'].toSorted());
    expect(serviceOf('mysql').image).toBe('mysql:8.4');
    expect(serviceOf('redis').image).toBe('redis:7');
  });

  it('builds one image once', () => {
    expect(ours.filter(([, { build }]) => build !== undefined).map(([name]) => name)).toEqual(['migrate']);
  });

  it.each(ours)(
    'X-25 gives %s a program that exists and variables that are read',
    (_name, { command, environment }) => {
      const [node, program = ''] = command ?? [];
      expect(node).toBe('node');
      expect(existsSync(program.replace(/^dist\/(.*)\.js$/, '$1.ts'))).toBe(true);
      expect(Object.keys(environment).filter((name) => !variableNames.includes(name))).toEqual([]);
    },
  );

  it.each(endless)('gives %s a configuration that it starts with', (name) => {
    expect(configOf(name)).toMatchObject({ host: '0.0.0.0', dataDir: '/data', redisUrl: 'redis://redis:6379' });
  });

  it.each(subgraphNames)('tells where %s is, as its own service has it', (name) => {
    expect(serviceOf(name).command?.at(-1)).toBe(name);
    expect(configOf('gateway').subgraphUrls[name]).toEqual([`http://${name}:${configOf(name).port}`]);
  });

  it('gives every process a port of its own', () => {
    const ports = endless.map((name) => configOf(name).port);
    expect(new Set(ports).size).toBe(endless.length);
  });

  it.each(endless)('starts %s after the migration, asks its readiness, and gives it the time to stop', (name) => {
    const { depends_on: needs, stop_grace_period: grace = '', healthcheck } = serviceOf(name);
    expect(needs['migrate']?.condition).toBe('service_completed_successfully');
    // The image's own check stands.
    expect(healthcheck).toBeUndefined();
    expect(Number(/^(\d+)s$/.exec(grace)?.[1])).toBeGreaterThanOrEqual(25);
  });

  it('X-22 starts MySQL with settings that the product accepts', () => {
    const options = (serviceOf('mysql').command ?? []).map((option) => option.replace(/^--/, '').split('='));
    const settings = Object.fromEntries(options.map(([name = '', value = '']) => [name.replaceAll('-', '_'), value]));
    const asked = { ...settings, ...sessionOf(settings), log_bin: 'ON' };

    expect(judgeSettings(asked)).toEqual({ refusals: [], warnings: [] });
  });

  it('gives the database user rights in every schema and nowhere else', () => {
    const granted = [...(configs['rights']?.content ?? '').matchAll(/ on (\S+)\.\* to 'twinengine'@'%';/g)];
    expect(granted.map(([, schema]) => schema)).toEqual(subgraphNames);
    expect(new URL(configOf('orders').databaseUrl ?? '').username).toBe('twinengine');
  });
});

// What our client asks for at each connection, whatever the server's own character set is.
function sessionOf({ character_set_server: charset, collation_server: collation }: Record<string, string>) {
  return { character_set_client: charset, character_set_connection: charset, collation_connection: collation };
}

describe('the Dockerfile', () => {
  const dockerfile = read('Dockerfile');
  const ignored = read('.dockerignore').split('\n');

  it('is for Node 24 and runs as a user without rights', () => {
    const images = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, image]) => image);
    expect(new Set(images)).toEqual(new Set(['node:24-bookworm-slim']));
    expect(dockerfile.lastIndexOf('\nUSER node')).toBeGreaterThan(dockerfile.lastIndexOf('\nFROM'));
  });

  it('gets only what it is built from, and no tests', () => {
    expect(ignored).toContain('*');
    for (const copied of [
      'package.json',
      'package-lock.json',
      '.npmrc',
      'bin',
      'gateway',
      'platform',
      'schema',
      'subgraphs',
    ])
      expect(ignored).toContain(`!${copied}`);
    expect(ignored.slice(-3)).toEqual(['**/*.test.ts', '**/*.fixture.ts', '']);
  });

  it('asks the readiness of whatever process it runs', () => {
    expect(dockerfile).toContain('process.env.PORT');
    expect(dockerfile).toContain('/readyz');
  });
});

describe('docs/operations/run.md', () => {
  const text = read('docs/operations/run.md');

  it.each(variableNames.filter((name) => !name.startsWith('TEST_')))('X-25 explains %s', (name) => {
    expect(text).toContain(`| \`${name}\``);
  });
});
