import { pino } from 'pino';
import { anonymous, system, type Viewer } from '../../../platform/domain/viewer.js';
import { until } from '../../../platform/events/events.fixture.js';
import { JobEntity } from '../../../platform/jobs/job.entity.js';
import type { MailMessage } from '../../../platform/ports/mail.js';
import type { Answer, TestSurroundings } from '../../../tests/harness/subgraph.js';
import { openCompany, password, type Company } from '../accounts.fixture.js';
import { UserEntity } from '../user/user.entity.js';
import { OneTimeCodeEntity } from './code.entity.js';

const selections: Record<string, string> = {
  login: 'refreshToken',
  register: 'user { id }',
  requestPasswordReset: 'isRequested',
  confirmPasswordReset: 'isPasswordChanged',
  changePassword: 'isPasswordChanged',
  requestEmailVerification: 'isRequested',
  verifyEmail: 'isEmailVerified',
  updateMe: 'user { email pendingEmail isEmailVerified profile { name } }',
};

/** Somebody with an account and an address. */
export interface Person {
  readonly id: string;
  readonly email: string;
  readonly viewer: Viewer;
}

/** People who are sent codes: a company whose mails and log lines are kept to be read. */
export class PeopleWithCodes {
  readonly mails: MailMessage[] = [];
  readonly lines: string[] = [];
  #read = 0;
  #people = 0;
  #machines = 0;
  #company: Company | null = null;

  static async open(surroundings: TestSurroundings = {}): Promise<PeopleWithCodes> {
    const people = new PeopleWithCodes();
    const mail = { send: async (message: MailMessage) => void people.mails.push(message) };
    // Every line, and nothing removed from it.
    const log = pino({ level: 'trace' }, { write: (line: string) => void people.lines.push(line) });
    people.#company = await openCompany({ ports: { mail }, log, ...surroundings });
    return people;
  }

  get company(): Company {
    if (!this.#company) throw new Error('There is no company yet.');
    return this.#company;
  }

  /** An em of its own, which sees everything. */
  em() {
    return this.company.subgraph.running.database.em.fork();
  }

  /** Somebody new; what was mailed to others before has been read. */
  async person(facts: object = {}): Promise<Person> {
    await this.newMails();
    this.#people += 1;
    const email = `somebody${this.#people}@example.com`;
    const role = { role: 'WAITER', brandId: this.company.ours };
    const { user } = await this.company.make('createUser', { email, name: 'Some Body', password, ...role, ...facts });
    return { id: user.id, email, viewer: viewerOf(user.id) };
  }

  /** Sends a mutation, from an address nobody has come from unless one is given. */
  send(mutation: string, input: object, { viewer = anonymous, from = this.elsewhere() } = {}): Promise<Answer> {
    const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
    const document = `mutation ($input: ${type}!) {
      ${mutation}(input: $input) { ${selections[mutation]} userErrors { code field } } }`;
    return this.company.subgraph.from('test', from).run(viewer, document, { input });
  }

  /** What came of a mutation: DONE, or why not and of which field. */
  async outcome(mutation: string, input: object, options: { viewer?: Viewer; from?: string } = {}): Promise<string> {
    const { data, errors } = await this.send(mutation, input, options);
    if (errors?.[0]) return String(errors[0].extensions['code']);
    const failure = data?.[mutation].userErrors[0];
    return failure ? [failure.code, ...(failure.field ?? [])].join(' ') : 'DONE';
  }

  /** An address nobody has come from. */
  elsewhere(): string {
    this.#machines += 1;
    return `198.51.${this.#machines >> 8}.${this.#machines & 255}`;
  }

  /** Signs somebody in; null where the password is wrong. */
  async signIn({ email, id }: Person, secret = password): Promise<{ viewer: Viewer; sessionId: string } | null> {
    const { data } = await this.send('login', { identifier: email, password: secret });
    const sessionId = data?.['login'].refreshToken?.split('.')[0];
    return sessionId ? { sessionId, viewer: { ...viewerOf(id), sessionId } } : null;
  }

  /** What the gateway is told of a session. */
  async statusOf({ sessionId }: { sessionId: string }): Promise<string> {
    const document = 'query ($sessionId: ID) { authenticate(sessionId: $sessionId) { status } }';
    const { data } = await this.company.subgraph.run(system, document, { sessionId });
    return data?.['authenticate'].status;
  }

  /** The mails since the last look, once every job is done. */
  async newMails(): Promise<MailMessage[]> {
    const unfinished = { state: { $in: ['QUEUED', 'RUNNING'] } } as const;
    await until(async () => (await this.em().count(JobEntity, unfinished)) === 0);
    const mails = this.mails.slice(this.#read);
    this.#read = this.mails.length;
    return mails;
  }

  /** Asks for a new password; the token that was mailed. */
  async resetToken({ email }: Person): Promise<string> {
    await this.newMails();
    await this.send('requestPasswordReset', { email });
    return tokenIn(await this.newMails());
  }

  /** Asks to verify the own address; the token and the digits that were mailed. */
  async verification({ email, viewer }: Person): Promise<{ token: string; digits: string }> {
    await this.newMails();
    await this.send('requestEmailVerification', { email }, { viewer });
    const mails = await this.newMails();
    const digits = /code: (\d{6})$/m.exec(mails[0]?.text ?? '')?.[1];
    if (!digits) throw new Error('No digits were mailed.');
    return { token: tokenIn(mails), digits };
  }

  /** The account of somebody. */
  user({ id }: Person): Promise<UserEntity> {
    return this.em().findOneOrFail(UserEntity, { id });
  }

  /** Every row a code could change; to show that something changed nothing. */
  async everything(): Promise<object> {
    const codes = await this.em().find(OneTimeCodeEntity, {}, { orderBy: { id: 'asc' } });
    // Not every job: the hourly ones come whenever the clock has passed their minute.
    const mails = await this.em().count(JobEntity, { family: 'notifications' });
    return { ...(await this.company.rows()), codes, mails };
  }
}

/** The token of the one mail there is. */
export function tokenIn(mails: readonly MailMessage[]): string {
  const token = /#token=(\S+)$/m.exec(mails[0]?.text ?? '')?.[1];
  if (!token || mails.length !== 1) throw new Error(`There are ${mails.length} mails and no token.`);
  return token;
}

function viewerOf(id: string): Viewer {
  return { kind: 'USER', id, sessionId: 'ses_none', version: 1, grants: [] };
}
