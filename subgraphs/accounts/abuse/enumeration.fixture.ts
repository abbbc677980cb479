import { anonymous, type Viewer } from '../../../platform/domain/viewer.js';
import { mannWhitney, median } from '../../../tests/harness/mann-whitney.js';
import type { Answer } from '../../../tests/harness/subgraph.js';
import { openCompany, password, type Company } from '../accounts.fixture.js';
import { passwordsWorkedOn } from '../user/password.js';
import { UserEntity } from '../user/user.entity.js';

/** Whose address is tried: nobody's, somebody's here, somebody's who was sent away, somebody's of another brand. */
export const owners = ['UNKNOWN', 'KNOWN', 'DISABLED', 'OTHER_TENANT'] as const;
export type Owner = (typeof owners)[number];

/** A request about an address, by a stranger or by somebody who has an account of their own. */
interface Probe {
  readonly document: string;
  /** Whose addresses are answered alike: whoever is let in by the right password is not. */
  readonly alike: readonly Owner[];
  readonly isSignedIn?: boolean;
  input(email: string, place: { brandId: string }): object;
}

/** What may be asked about addresses. */
export const probes = {
  login: {
    document: `mutation ($input: LoginInput!) {
      login(input: $input) { accessToken user { id } challenge { kind } userErrors { code message field } } }`,
    alike: owners,
    input: (identifier) => ({ identifier, password: 'not the password at all' }),
  },
  loginWithTheirPassword: {
    document: `mutation ($input: LoginInput!) {
      login(input: $input) { accessToken user { id } challenge { kind } userErrors { code message field } } }`,
    alike: ['UNKNOWN', 'DISABLED'],
    input: (identifier) => ({ identifier, password }),
  },
  register: {
    document: `mutation ($input: RegisterInput!) { register(input: $input) {
      user { id email username isActive isAdmin isStaff profile { name phone } memberships { id role brand { id } permissions } }
      userErrors { code message field } } }`,
    alike: owners,
    input: (email, { brandId }) => ({ email, name: 'Some Body', phone: '+912255501000', password, brandId }),
  },
  requestPasswordReset: {
    document: `mutation ($input: RequestPasswordResetInput!) {
      requestPasswordReset(input: $input) { isRequested userErrors { code message field } } }`,
    alike: owners,
    input: (email) => ({ email }),
  },
  updateMe: {
    document: `mutation ($input: UpdateMeInput!) {
      updateMe(input: $input) { user { id email pendingEmail } userErrors { code message field } } }`,
    alike: owners,
    isSignedIn: true,
    input: (email) => ({ emailChange: { email, currentPassword: password } }),
  },
} as const satisfies Record<string, Probe>;
export type ProbeName = keyof typeof probes;
export const probeNames: readonly ProbeName[] = [
  'login',
  'loginWithTheirPassword',
  'register',
  'requestPasswordReset',
  'updateMe',
];

/** A subgraph with somebody of each kind, asked by strangers. */
export interface Strangers {
  readonly company: Company;
  /** Asks about an address of the kind, a new one where nobody has it; answers with ids and the address replaced. */
  ask(probe: ProbeName, owner: Owner): Promise<{ answer: unknown; works: number; ms: number; email: string }>;
}

/** Opens the company and makes its people. */
export async function openStrangers(): Promise<Strangers> {
  const company = await openCompany();
  const add = async (email: string, brandId: string): Promise<string> =>
    (await company.make('createUser', { email, name: 'Owner', password, role: 'WAITER', brandId })).user.id;
  await add('known@example.com', company.ours);
  await add('other@example.com', company.theirs);
  const asker = await add('asker@example.com', company.ours);
  const somebody: Viewer = { kind: 'USER', id: asker, sessionId: 'ses_none', version: 1, grants: [] };
  const disabled = await add('disabled@example.com', company.ours);
  const em = company.subgraph.running.database.em.fork();
  await em.nativeUpdate(UserEntity, { id: disabled }, { isActive: false });
  let unknown = 0;
  const emailOf = (owner: Owner): string => {
    if (owner === 'UNKNOWN') return `unknown${(unknown += 1)}@example.com`;
    return { KNOWN: 'known@example.com', DISABLED: 'disabled@example.com', OTHER_TENANT: 'other@example.com' }[owner];
  };
  return {
    company,
    ask: async (name, owner) => {
      const email = emailOf(owner);
      const { document, input, isSignedIn = false }: Probe = probes[name];
      const before = { works: passwordsWorkedOn(), ms: performance.now() };
      const variables = { input: input(email, { brandId: company.ours }) };
      const answer = await company.subgraph.run(isSignedIn ? somebody : anonymous, document, variables);
      const works = passwordsWorkedOn() - before.works;
      return { answer: withoutNames(answer, email), works, ms: performance.now() - before.ms, email };
    },
  };
}

/** How long answers about one kind of address took, and how that compares with unknown ones. */
export interface Timing {
  readonly owner: Owner;
  readonly medianMs: number;
  readonly differenceMs: number;
  readonly p: number;
}

/**
 * Times a probe of every kind of owner, interleaved, and compares each with the times of unknown addresses. S19 asks for
 * 500 samples, and passes where the medians differ by less than 5 ms or p is above 0.01. Takes minutes: for the long set.
 */
export async function measureProbe(strangers: Strangers, probe: ProbeName, samples: number): Promise<Timing[]> {
  const { alike } = probes[probe];
  const times: Record<Owner, number[]> = { UNKNOWN: [], KNOWN: [], DISABLED: [], OTHER_TENANT: [] };
  for (let sample = 0; sample < samples; sample += 1)
    for (const owner of alike) times[owner].push((await strangers.ask(probe, owner)).ms);
  const base = median(times.UNKNOWN);
  return alike.map((owner) => ({
    owner,
    medianMs: median(times[owner]),
    differenceMs: Math.abs(median(times[owner]) - base),
    p: mannWhitney(times[owner], times.UNKNOWN),
  }));
}

function withoutNames(answer: Answer, email: string): unknown {
  const text = JSON.stringify(answer).replaceAll(email, '<address>');
  return JSON.parse(text.replaceAll(/"(usr|mem|brd)_\w+"/g, '"$1_…"'));
}
