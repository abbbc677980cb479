import { OutboxEventEntity } from '../../platform/data/outbox.entity.js';
import type { Viewer } from '../../platform/domain/viewer.js';
import type { EventType } from '../../platform/events/catalogue.js';
import { until } from '../../platform/events/events.fixture.js';
import { JobEntity } from '../../platform/jobs/job.entity.js';
import {
  startTestSubgraph,
  type Answer,
  type TestSubgraph,
  type TestSurroundings,
} from '../../tests/harness/subgraph.js';
import { viewerWith } from '../../tests/harness/viewers.js';
import { ApiClientEntity } from './api-client/api-client.entity.js';
import { DeviceKeyEntity } from './device/device-key.entity.js';
import { BrandEntity } from './brand/brand.entity.js';
import { EmailChangeEntity } from './email-change/email-change.entity.js';
import { OutletEntity } from './outlet/outlet.entity.js';
import { MembershipEntity } from './membership/membership.entity.js';
import { RoleEntity } from './role/role.entity.js';
import { roleTemplates, type RoleCode } from './role/role.templates.js';
import { accounts } from './subgraph.js';
import { CustomerProfileEntity } from './customer/customer.entity.js';
import { SessionEntity } from './session/session.entity.js';
import { StaffProfileEntity } from './staff/staff.entity.js';
import { UserEntity, UserProfileEntity } from './user/user.entity.js';

/** How long a test that makes a hundred rows may take. */
export const manyRowsMs = 60_000;

/** A password that is good enough. */
export const password = 'correct horse battery';

/** Somebody who administers the whole installation. */
export const administrator: Viewer = {
  kind: 'USER',
  id: 'usr_root',
  sessionId: 'ses_root',
  version: 1,
  grants: [{ role: 'ADMIN', brandId: null, outletId: null, slugs: ['all'] }],
};

/** Somebody who holds a role at a place, with what its template allows. */
export function holderOf(role: RoleCode, place: { brandId: string; outletId?: string | null; id?: string }): Viewer {
  return viewerWith({ role, slugs: roleTemplates[role], ...place });
}

/** The code of the first error of an answer; undefined where there is none. */
export function errorCode({ errors }: Answer): unknown {
  return errors?.[0]?.extensions['code'];
}

const mutations: Record<string, string> = {
  createBrand: 'brand { id name isActive }',
  updateBrand: 'brand { id name legalName isActive version }',
  createOutlet: 'outlet { id name city currency timeZone cutOff isActive version brand { id } }',
  updateOutlet: 'outlet { id name city currency timeZone cutOff isActive version }',
  createUser: 'user { id email username isActive profile { name phone } memberships { id role } }',
  register: 'user { id email username isAdmin isStaff profile { name phone locale } memberships { id role } }',
  updateMe: 'user { id username profile { name phone locale } memberships { role } }',
  updateUser: 'user { id username isActive profile { name phone locale } }',
  deactivateUser: 'user { id isActive }',
  saveStaffProfile:
    'staffProfile { id version employeeNumber position hiredOn employmentKind hourlyRate { amount currency } address emergencyContact birthDate deviceEnrolment outlet { id } user { id } }',
  saveCustomerProfile:
    'customerProfile { id version email diets allergens dietaryNote profile { name } deliveryAddresses { label line1 city country phone } preferences { seatingPreference isMarketingAllowed } brand { id } }',
  createRole: 'role { id code name permissions version brand { id } }',
  updateRole: 'role { id code name permissions version }',
  assignRole: 'membership { id role }',
  revokeRole: 'membershipId',
  createApiClient: 'apiKey apiClient { id name documentIds isActive }',
  revokeApiClient: 'apiClient { id name documentIds isActive }',
};

/** An event as it lies in the outbox. */
export interface RecordedEvent {
  readonly aggregateId: string;
  readonly aggregateVersion: number;
  readonly brandId: string;
  readonly outletId: string | null;
  readonly payload: unknown;
}

/** The accounts subgraph with two brands, and the shortest ways to work with it. */
export interface Company {
  readonly subgraph: TestSubgraph;
  /** The brand most tests are about with two of its outlets, and another brand with one. */
  readonly ours: string;
  readonly cafe: string;
  readonly bistro: string;
  readonly theirs: string;
  readonly foreign: string;
  /** Sends a mutation and returns the whole answer. */
  send(viewer: Viewer, mutation: string, input: object): Promise<Answer>;
  /** Sends a mutation that must succeed, as the administrator unless told otherwise, and returns its payload. */
  make(mutation: string, input: object, viewer?: Viewer): Promise<any>;
  /** Makes an outlet and returns its id. */
  addOutlet(brandId: string, name: string): Promise<string>;
  /** Makes a person with a role and returns their id and that of their membership. */
  addPerson(
    role: RoleCode,
    place: { brandId: string; outletId?: string },
  ): Promise<{ id: string; membershipId: string }>;
  /** Makes it known that a person's address is theirs, as what is mailed to it would. */
  verify(id: string): Promise<void>;
  /** Every row there is, and how many events; to show that something changed nothing. */
  rows(): Promise<object>;
  /** The recorded events of a type about one thing, by version. */
  eventsOf(type: EventType, aggregateId: string): Promise<RecordedEvent[]>;
  /** How many statements on this subgraph's tables some work takes. */
  statementsOf(work: () => Promise<unknown>): Promise<number>;
}

/** What createOutlet needs besides its brand and name. */
export const outletFacts = { currency: 'INR', timeZone: 'Asia/Kolkata', cutOff: '04:00' } as const;

/** Starts the subgraph and makes its brands and outlets. */
export async function openCompany(surroundings: TestSurroundings = {}): Promise<Company> {
  const subgraph = await startTestSubgraph(accounts, undefined, surroundings);
  const send = (viewer: Viewer, mutation: string, input: object) => {
    const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
    const selection = `${mutations[mutation]} userErrors { code message field }`;
    return subgraph.run(viewer, `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${selection} } }`, {
      input,
    });
  };
  const make = async (mutation: string, input: object, viewer: Viewer = administrator) => {
    const answer = await send(viewer, mutation, input);
    const payload = answer.data?.[mutation];
    if (!payload || payload.userErrors.length > 0) throw new Error(`${mutation} failed: ${JSON.stringify(answer)}`);
    return payload;
  };
  const addBrand = async (name: string): Promise<string> => (await make('createBrand', { name })).brand.id;
  const addOutlet = async (brandId: string, name: string): Promise<string> =>
    (await make('createOutlet', { brandId, name, ...outletFacts })).outlet.id;
  const ours = await addBrand('Ours');
  const theirs = await addBrand('Theirs');
  let people = 0;
  return {
    subgraph,
    ours,
    theirs,
    cafe: await addOutlet(ours, 'Cafe'),
    bistro: await addOutlet(ours, 'Bistro'),
    foreign: await addOutlet(theirs, 'Foreign'),
    send,
    make,
    addOutlet,
    addPerson: async (role, place) => {
      people += 1;
      const { user } = await make('createUser', {
        email: `person${people}@example.com`,
        name: `Person ${people}`,
        password,
        role,
        ...place,
      });
      return { id: user.id, membershipId: user.memberships[0].id };
    },
    verify: async (id) => {
      await subgraph.running.database.em.fork().nativeUpdate(UserEntity, { id }, { isEmailVerified: true });
    },
    rows: () => readRows(subgraph),
    eventsOf: (type, aggregateId) => readEvents(subgraph, { type, aggregateId }),
    statementsOf: counter(subgraph),
  };
}

async function readRows({ running }: TestSubgraph): Promise<object> {
  const em = running.database.em.fork();
  const orderBy = { id: 'asc' } as const;
  return {
    brands: await em.find(BrandEntity, {}, { orderBy }),
    outlets: await em.find(OutletEntity, {}, { orderBy }),
    users: await em.find(UserEntity, {}, { orderBy }),
    profiles: await em.find(UserProfileEntity, {}, { orderBy: { userId: 'asc' } }),
    memberships: await em.find(MembershipEntity, {}, { orderBy }),
    roles: await em.find(RoleEntity, {}, { orderBy }),
    staff: await em.find(StaffProfileEntity, {}, { orderBy }),
    customers: await em.find(CustomerProfileEntity, {}, { orderBy }),
    emailChanges: await em.find(EmailChangeEntity, {}, { orderBy: { userId: 'asc' } }),
    sessions: await em.find(SessionEntity, {}, { orderBy }),
    deviceKeys: await em.find(DeviceKeyEntity, {}, { orderBy }),
    apiClients: await em.find(ApiClientEntity, {}, { orderBy }),
    events: await em.count(OutboxEventEntity, {}),
  };
}

async function readEvents(
  { running }: TestSubgraph,
  which: { type: EventType; aggregateId: string },
): Promise<RecordedEvent[]> {
  const events = await running.database.em
    .fork()
    .find(OutboxEventEntity, which, { orderBy: { aggregateVersion: 'asc', id: 'asc' } });
  return events.map(({ aggregateId, aggregateVersion, brandId, outletId, payload }) => ({
    aggregateId,
    aggregateVersion,
    brandId,
    outletId,
    payload,
  }));
}

// The relay and the sweeps send statements of their own at their own times, and so does the hourly job that forgets challenges.
function isOwnStatement({ running }: TestSubgraph): (sql: string) => boolean {
  const tables = [...running.database.orm.getMetadata().getAll().values()]
    .filter(({ class: entity }) => accounts.entities.some((own) => own === entity))
    .map(({ tableName }) => tableName);
  const named = new RegExp(`[\`"](${tables.join('|')})[\`"]`);
  return (sql) => named.test(sql) && !/^delete from [`"]device_challenge[`"]/.test(sql);
}

function counter(subgraph: TestSubgraph) {
  const { running } = subgraph;
  const isOwn = isOwnStatement(subgraph);
  return async (work: () => Promise<unknown>) => {
    // Jobs of what was done before, such as its mails, read these tables too.
    const unfinished = { state: { $in: ['QUEUED', 'RUNNING'] } } as const;
    await until(async () => (await running.database.em.fork().count(JobEntity, unfinished)) === 0);
    running.database.statements.record();
    await work();
    return running.database.statements.recorded.filter(isOwn).length;
  };
}
