import { readFileSync } from 'node:fs';
import { buildSchema } from 'graphql';
import type { DemoPerson } from '../bin/demo/brands.js';
import type { PermissionRule } from '../platform/graphql/permissions.js';
import { permissions } from '../schema/permissions.js';
import { roleTemplates, type RoleCode } from '../subgraphs/accounts/role/role.templates.js';
import type { HttpAnswer, TestClient } from './harness/client.js';
import { startTestProduct, type TestProduct } from './harness/product.js';
import { synthesize } from './harness/synthesize.js';

const people: readonly (readonly [DemoPerson, RoleCode])[] = [
  ['customer', 'CUSTOMER'],
  ['waiter', 'WAITER'],
  ['chef', 'CHEF'],
  ['manager', 'MANAGER'],
  ['analyst', 'ANALYST'],
  ['owner', 'OWNER'],
  ['admin', 'ADMIN'],
];
const rows = Object.values(permissions)
  .flatMap((table) => Object.entries<PermissionRule>(table))
  .filter(([field]) => field !== 'Query.authenticate');
const publicAuthentication = ['Mutation.register', 'Mutation.login', 'Mutation.refreshToken', 'Mutation.logout'];
const writes = /^\s*(insert|update|delete|replace)\b/i;
// The relay, the sweep and the consumers write for themselves, whoever asks for what.
const ownWork = /`(outbox_event|stream_head|stream_cursor|consumed_event|relay_lease|job|schedule)`/;

describe('who may call what', () => {
  const schema = buildSchema(readFileSync('schema/api.graphql', 'utf8'));
  let twin: TestProduct;
  const clients = new Map<string, TestClient>();

  beforeAll(async () => {
    twin = await startTestProduct();
    for (const [person] of people) clients.set(person, await twin.signIn(person));
    clients.set('anonymous', twin.nobody());
  }, 180_000);
  afterAll(() => twin.stop());

  const databases = () => twin.subgraphs.map(({ database }) => database.statements);
  const codeOf = ({ body }: HttpAnswer) => body.errors?.[0]?.extensions['code'];

  const ask = async (who: string, field: string): Promise<{ code: string | undefined; changes: string[] }> => {
    const [root, name = ''] = field.split('.');
    const client = clients.get(who) ?? twin.nobody();
    databases().forEach((statements) => statements.record());
    if (root === 'Subscription') {
      const { document, variables } = synthesize(schema, root, name, () => undefined);
      const subscription = client.subscribe(document, variables);
      for (let waited = 0; waited < 40 && subscription.errors.length === 0; waited += 1)
        await new Promise((resolve) => setTimeout(resolve, 5));
      await subscription.close();
      const [error] = subscription.errors.flat() as { extensions?: { code?: string } }[];
      return { code: error?.extensions?.code, changes: [] };
    }
    if (root !== 'Query' && root !== 'Mutation') throw new Error(`Not a root field: ${field}`);
    const { document, variables } = synthesize(schema, root, name, () => undefined);
    const answer = await client.ask(document, variables);
    const changes = databases().flatMap((statements) =>
      statements.recorded.filter((sql) => writes.test(sql) && !ownWork.test(sql)),
    );
    return { code: codeOf(answer), changes };
  };

  const isAllowed = (rule: PermissionRule, role: RoleCode | null): boolean => {
    if (rule === 'PUBLIC') return true;
    if (role === null || rule === 'INTERNAL') return false;
    if (rule === 'SIGNED_IN') return true;
    return roleTemplates[role].includes('all') || roleTemplates[role].includes(rule.slug);
  };

  it.each([['anonymous', null] as const, ...people])(
    'S1 ACC-29 %s may call what the table says and changes nothing elsewhere',
    async (who, role) => {
      const wrong: string[] = [];
      for (const [field, rule] of rows.filter(([field]) => !publicAuthentication.includes(field))) {
        const { code, changes } = await ask(who, field);
        const denial = role === null ? 'UNAUTHENTICATED' : 'FORBIDDEN';
        const isAsExpected = isAllowed(rule, role)
          ? code !== 'UNAUTHENTICATED' && (code !== 'FORBIDDEN' || role === 'ADMIN') && code !== 'INTERNAL_SERVER_ERROR'
          : code === denial && changes.length === 0;
        if (!isAsExpected)
          wrong.push(`${field}: ${code ?? 'allowed'}${changes.length ? ` after ${changes.join('; ')}` : ''}`);
      }
      expect(wrong).toEqual([]);
    },
  );

  it('counts its cases', () => {
    process.stderr.write(
      `authorization: ${rows.length} root fields × ${people.length + 1} kinds of callers = ${rows.length * (people.length + 1)} cases\n`,
    );
    expect(rows.length).toBeGreaterThan(70);
  });
});
