import { TOTP } from 'otpauth';
import { anonymous, type Viewer } from '../../../platform/domain/viewer.js';
import type { TestSubgraph } from '../../../tests/harness/subgraph.js';

const password = 'correct horse battery';
const STEP_MS = 30_000;

const REGISTER = 'mutation ($input: RegisterInput!) { register(input: $input) { user { id } userErrors { code } } }';
const LOGIN = `mutation ($input: LoginInput!) { login(input: $input) {
  accessToken refreshToken secondFactorToken user { id } challenge { kind } userErrors { code field message } } }`;
const ENABLE = `mutation ($input: EnableTotpInput!) { enableTotp(input: $input) {
  secret otpauthUri userErrors { code field message } } }`;
const CONFIRM = `mutation ($input: ConfirmTotpInput!) { confirmTotp(input: $input) {
  recoveryCodes user { id isTotpEnabled } userErrors { code field message } } }`;
const DISABLE = `mutation ($input: DisableTotpInput!) { disableTotp(input: $input) {
  user { id isTotpEnabled } userErrors { code field message } } }`;
const SECOND = `mutation ($input: LoginWithSecondFactorInput!) { loginWithSecondFactor(input: $input) {
  accessToken refreshToken recoveryCodesLeft user { id email } challenge { kind token difficulty }
  userErrors { code field message } } }`;

/** Somebody with a password, signed in. */
export interface TestPerson {
  readonly id: string;
  readonly email: string;
  readonly viewer: Viewer;
}

/** Somebody who signs in with two steps. */
export interface TwoStepPerson extends TestPerson {
  readonly secret: string;
  readonly recoveryCodes: readonly string[];
}

/** People of a subgraph who sign in with two steps. */
export class TwoStepPeople {
  #people = 0;

  constructor(readonly subgraph: TestSubgraph) {}

  async person(): Promise<TestPerson> {
    this.#people += 1;
    const email = `two${this.#people}@example.com`;
    const input = { email, name: 'Two Steps', password };
    const { data } = await this.subgraph.from('test', this.#somewhere()).run(anonymous, REGISTER, { input });
    if (data?.['register'].userErrors.length !== 0) throw new Error(`Nobody was made: ${JSON.stringify(data)}`);
    const { user, refreshToken } = await this.login(email);
    const [sessionId] = refreshToken.split('.');
    return { id: user.id, email, viewer: { kind: 'USER', id: user.id, sessionId, grants: [], version: 1 } };
  }

  /** Somebody new who has confirmed a second step; their next code is one of a later time step. */
  async twoSteps(): Promise<TwoStepPerson> {
    const person = await this.person();
    const { secret } = await this.enable(person.viewer);
    const { recoveryCodes } = await this.confirm(person.viewer, this.codeOf(secret));
    this.subgraph.clock.advance(STEP_MS);
    return { ...person, secret, recoveryCodes };
  }

  /** What an app shows now, or so many time steps away. */
  codeOf(secret: string, stepsAway = 0): string {
    return new TOTP({ secret }).generate({ timestamp: this.subgraph.clock.now().getTime() + stepsAway * STEP_MS });
  }

  /** A code the app will not show for a while. */
  wrongCodeOf(secret: string): string {
    const near = [-1, 0, 1].map((away) => this.codeOf(secret, away));
    return ['000000', '111111', '222222', '333333'].find((code) => !near.includes(code)) ?? '';
  }

  /** The first step of somebody; the payload. */
  async login(identifier: string, input: object = {}) {
    const all = { identifier, password, ...input };
    return this.#ask(anonymous, ['login', LOGIN], all);
  }

  /** The first step of somebody with a second; the token. */
  async firstStep({ email }: TestPerson, input: object = {}): Promise<string> {
    return (await this.login(email, input)).secondFactorToken;
  }

  async second(secondFactorToken: string, code: string, input: object = {}) {
    return this.#ask(anonymous, ['loginWithSecondFactor', SECOND], { secondFactorToken, code, ...input });
  }

  async enable(viewer: Viewer, secret = password) {
    return this.#ask(viewer, ['enableTotp', ENABLE], { password: secret });
  }

  async confirm(viewer: Viewer, code: string) {
    return this.#ask(viewer, ['confirmTotp', CONFIRM], { code });
  }

  async disable(viewer: Viewer, code: string, secret = password) {
    return this.#ask(viewer, ['disableTotp', DISABLE], { password: secret, code });
  }

  // The payload, or the code of the error in its place; each time from another address.
  async #ask(viewer: Viewer, [name, document]: readonly [string, string], input: object) {
    const { data, errors } = await this.subgraph.from('test', this.#somewhere()).run(viewer, document, { input });
    return data?.[name] ?? { error: errors?.[0]?.extensions['code'] };
  }

  #machines = 0;

  #somewhere(): string {
    this.#machines += 1;
    return `198.18.${this.#machines >> 8}.${this.#machines & 255}`;
  }
}
