import { readFileSync } from 'node:fs';
import { buildSchema } from 'graphql';
import type { PermissionRule } from '../platform/graphql/permissions.js';
import { permissions } from '../schema/permissions.js';
import { roleCodes } from '../subgraphs/accounts/role/role.templates.js';
import { findCallers, mayCall, type Caller } from './harness/callers.js';
import { ManualTime, quietAfternoon } from './harness/manual-time.js';
import { startTestProduct, type TestProduct } from './harness/product.js';
import { inParallel } from './harness/in-parallel.js';
import { watchRowChanges, type RowChanges } from './harness/row-changes.js';
import { synthesize, type IdFor } from './harness/synthesize.js';
import { findTenantIds, tableOf } from './harness/tenant-ids.js';

const rows = Object.values(permissions)
  .flatMap((table) => Object.entries<PermissionRule>(table))
  .filter(([, rule]) => rule !== 'INTERNAL');
// After these a caller is nobody, so they come last.
const endsSession = ['Mutation.logout', 'Mutation.revokeSessions'];
// Whoever holds these in a brand only is told that they may not.
const installationOnly = ['Mutation.createBrand'];

/** Said where the rule names no permission. */
const generic = 'You do not have the permission to do this.';

function withoutSlugs(message = '', rule?: PermissionRule): string {
  if (rule === undefined || typeof rule === 'string') return message;
  return message.replace(rule.orSlug === undefined ? rule.slug : `${rule.slug} or ${rule.orSlug}`, 'SLUG');
}

interface Outcome {
  readonly status: number | null;
  readonly code: string | undefined;
  readonly message: string | undefined;
}

describe('who may call what', () => {
  const schema = buildSchema(readFileSync('schema/api.graphql', 'utf8'));
  let twin: TestProduct;
  let callers: Caller[];
  let changes: RowChanges;
  let idOfFirstBrand: IdFor;

  beforeAll(async () => {
    twin = await startTestProduct({ clock: new ManualTime(quietAfternoon) });
    callers = await findCallers(twin);
    const ids = await findTenantIds(twin.subgraphs, twin.demo.brands[0]?.id ?? '');
    idOfFirstBrand = (name, within) => ids.get(tableOf(name, within));
    changes = await watchRowChanges(twin.subgraphs);
  }, 180_000);
  afterAll(() => twin.stop());

  const ask = async ({ client }: Caller, field: string, idFor: IdFor): Promise<Outcome & { hasIds: boolean }> => {
    const [root, name = ''] = field.split('.');
    if (root !== 'Query' && root !== 'Mutation' && root !== 'Subscription')
      throw new Error(`Not a root field: ${field}`);
    const { document, variables, hasIds } = synthesize(schema, root, name, idFor);
    if (root !== 'Subscription') {
      const { status, body } = await client.ask(document, variables);
      const [error] = body.errors ?? [];
      return { status, code: error?.extensions['code'], message: error?.message, hasIds };
    }
    const subscription = client.subscribe(document, variables);
    for (let waited = 0; waited < 40 && subscription.errors.length === 0; waited += 1)
      await new Promise((resolve) => setTimeout(resolve, 5));
    await subscription.close();
    const [error] = subscription.errors.flat() as (Partial<Outcome> & {
      extensions?: { code?: string };
      reason?: string;
    })[];
    // A socket that is not opened at all says why as it closes.
    return { status: null, code: error?.extensions?.code ?? error?.reason, message: error?.message, hasIds };
  };

  const fieldsFor = (caller: Caller, isAllowed: boolean) =>
    rows
      .filter((row) => mayCall(caller, row) === isAllowed)
      .map(([field]) => field)
      .toSorted((one, other) => Number(endsSession.includes(one)) - Number(endsSession.includes(other)));

  const callerNamed = (who: string): Caller => {
    const caller = callers.find((each) => each.who === who);
    if (!caller) throw new Error(`Nobody is called ${who}.`);
    return caller;
  };

  const everybody = [
    'anonymous',
    ...roleCodes,
    "a brand's own role",
    'installation',
    'device',
    "another tenant's owner",
    'API client',
    'disabled',
  ];

  it.each(everybody)(
    'S1 ACC-29 ACC-40 %s is refused what the table does not allow, always alike, and no row changes',
    async (who) => {
      const caller = callerNamed(who);
      const wrong: string[] = [];
      const answers = new Set<string>();
      const rules = new Map(rows);
      await twin.settle();
      await changes.take();

      await inParallel(fieldsFor(caller, false), async (field) => {
        const { status, code = 'allowed', message } = await ask(caller, field, () => undefined);
        const isDenied = code === caller.denial || (status === null && code === caller.closing);
        if (!isDenied) wrong.push(`${field}: ${code}`);
        if (status !== null) answers.add(`${status} ${withoutSlugs(message, rules.get(field))}`);
      });

      expect(wrong).toEqual([]);
      expect(await changes.take()).toEqual([]);
      // Alike but for the permission, which is the rule's and never the row's.
      expect([...answers].filter((answer) => !answer.endsWith(generic)).length).toBeLessThanOrEqual(1);
    },
  );

  it.each(everybody)('S1 ACC-29 %s may call what the table allows', async (who) => {
    const caller = callerNamed(who);
    const isElsewhere = who === "another tenant's owner";
    const wrong: string[] = [];
    await twin.settle();
    await changes.take();

    for (const field of fieldsFor(caller, true)) {
      const { code, hasIds } = await ask(caller, field, isElsewhere ? idOfFirstBrand : () => undefined);
      const isBrandOnly = installationOnly.includes(field) && who !== 'installation';
      const isRefused = code === 'UNAUTHENTICATED' || (code === 'FORBIDDEN' && !isBrandOnly);
      if (isRefused || code === 'INTERNAL_SERVER_ERROR') wrong.push(`${field}: ${code}`);
      const changed = isElsewhere && hasIds ? await changes.take() : [];
      if (changed.length > 0) wrong.push(`${field} changed ${changed.join(', ')}`);
      if (isElsewhere && !hasIds) await changes.take();
    }

    expect(wrong).toEqual([]);
    // What is said not to change elsewhere does change here, or the counters count nothing.
    if (who === 'installation') expect((await changes.take()).length).toBeGreaterThan(2);
  });

  it('counts its cases', () => {
    process.stderr.write(
      `authorization: ${rows.length} root fields × ${callers.length} kinds of callers = ${rows.length * callers.length} cases\n`,
    );
    expect(callers.map(({ who }) => who).toSorted()).toEqual(everybody.toSorted());
    expect(rows.length).toBeGreaterThan(90);
  });
});
