import type { JWTPayload } from 'jose';
import { OutboxEventEntity } from '../../../platform/data/outbox.entity.js';
import { anonymous } from '../../../platform/domain/viewer.js';
import { openLocalGoogle, type LocalGoogle } from '../../../platform/ports/google-sign-in.fixture.js';
import { ManualClock } from '../../../platform/process/clock.js';
import { startTestSubgraph, type Answer, type TestSubgraph } from '../../../tests/harness/subgraph.js';
import { password } from '../accounts.fixture.js';
import { MembershipEntity } from '../membership/membership.entity.js';
import { SessionEntity } from '../session/session.entity.js';
import { accounts } from '../subgraph.js';
import { UserEntity } from '../user/user.entity.js';
import { GoogleIdentityEntity } from './google.entity.js';

/** When the tests are. */
export const start = '2026-03-14T12:00:00.000Z';

/** Signs in with Google. */
export const LOGIN_WITH_GOOGLE = `mutation ($input: LoginWithGoogleInput!) { loginWithGoogle(input: $input) {
  accessToken refreshToken secondFactorToken
  user { id email username isEmailVerified profile { name } memberships { role } } userErrors { code field message } } }`;
const LOGIN = 'mutation ($input: LoginInput!) { login(input: $input) { user { id } userErrors { code } } }';
const REGISTER = 'mutation ($input: RegisterInput!) { register(input: $input) { user { id } userErrors { code } } }';

/** A sign-in that came to nothing. */
export const nothing = { accessToken: null, refreshToken: null, secondFactorToken: null, user: null };

/** The one answer to everybody who is refused. */
export const refused = {
  ...nothing,
  userErrors: [
    {
      code: 'INVALID_CREDENTIALS',
      field: null,
      message:
        'Google cannot sign you in here. If you have an account, sign in with its password and verify its address first.',
    },
  ],
};

/** Who somebody is at Google. */
export interface GoogleAccount extends JWTPayload {
  readonly sub: string;
  readonly email: string;
  readonly name: string;
}

/** The accounts subgraph beside a Google on this machine. */
export class PeopleOfGoogle {
  #number = 0;

  private constructor(
    readonly google: LocalGoogle,
    readonly subgraph: TestSubgraph,
  ) {}

  static async open(): Promise<PeopleOfGoogle> {
    const clock = new ManualClock(start);
    const google = await openLocalGoogle(() => clock.now());
    return new PeopleOfGoogle(google, await startTestSubgraph(accounts, start, { ports: { google: google.provider } }));
  }

  fork() {
    return this.subgraph.running.database.em.fork();
  }

  send(input: object): Promise<Answer> {
    return this.subgraph.run(anonymous, LOGIN_WITH_GOOGLE, { input });
  }

  /** Signs in; the payload. */
  async enter(input: object) {
    return (await this.send(input)).data?.['loginWithGoogle'];
  }

  /** Signs in with an ID token; the payload. */
  async signIn(claims: JWTPayload, input: object = {}) {
    return this.enter({ idToken: await this.google.sign(claims), ...input });
  }

  /** Somebody new at Google. */
  stranger(): GoogleAccount {
    this.#number += 1;
    return { sub: `sub-${this.#number}`, email: `new${this.#number}@example.com`, name: `New ${this.#number}` };
  }

  /** Somebody with an account and a password, whose address is verified unless told. */
  async member(facts: Partial<UserEntity> = { isEmailVerified: true }): Promise<{ id: string; claims: GoogleAccount }> {
    const claims = this.stranger();
    const input = { email: claims.email, name: 'Here Before', password };
    await this.subgraph.run(anonymous, REGISTER, { input });
    const { user } = await this.byPassword(claims.email);
    await this.change(user.id, facts);
    return { id: String(user.id), claims };
  }

  async byPassword(identifier: string, secret = password) {
    const { data } = await this.subgraph.run(anonymous, LOGIN, { input: { identifier, password: secret } });
    return data?.['login'];
  }

  async change(id: string, facts: Partial<UserEntity>): Promise<void> {
    await this.fork().nativeUpdate(UserEntity, { id }, facts);
  }

  /** What a refusal must leave as it is. */
  async rows(): Promise<object> {
    const em = this.fork();
    return {
      users: await em.find(UserEntity, {}, { orderBy: { id: 'asc' } }),
      identities: await em.find(GoogleIdentityEntity, {}, { orderBy: { userId: 'asc' } }),
      sessions: await em.count(SessionEntity, {}),
      memberships: await em.count(MembershipEntity, {}),
      events: await em.count(OutboxEventEntity, {}),
    };
  }

  async stop(): Promise<void> {
    await this.subgraph.stop();
    await this.google.close();
  }
}
