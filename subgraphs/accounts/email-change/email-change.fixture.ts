import type { MailMessage } from '../../../platform/ports/mail.js';
import { anonymous } from '../../../platform/domain/viewer.js';
import { password } from '../accounts.fixture.js';
import { PeopleWithCodes, tokenIn, type Person } from '../code/codes.fixture.js';

/** People who want other addresses. */
export class Wishers {
  readonly people: PeopleWithCodes;
  #addresses = 0;

  constructor(people: PeopleWithCodes) {
    this.people = people;
  }

  static async open(): Promise<Wishers> {
    return new Wishers(await PeopleWithCodes.open());
  }

  stop(): Promise<void> {
    return this.people.company.subgraph.stop();
  }

  /** An address nobody has. */
  freshAddress(): string {
    this.#addresses += 1;
    return `moved${this.#addresses}@example.com`;
  }

  /** Asks for an address, and for another name besides; what came of it. */
  wish(person: Person, email: string, change: object = {}): Promise<string> {
    const emailChange = { email, currentPassword: password, ...change };
    return this.people.outcome('updateMe', { name: 'Ann Other', emailChange }, person);
  }

  /** Asks for an address; the token that was mailed to it. */
  async tokenFor(person: Person, email: string): Promise<string> {
    await this.people.newMails();
    expect(await this.wish(person, email)).toBe('DONE');
    return tokenIn(mailsTo(email, await this.people.newMails()));
  }

  /** Shows a token, signed in or not; what came of it. */
  show(token: string, viewer = anonymous): Promise<string> {
    return this.people.outcome('verifyEmail', { token }, { viewer });
  }

  /** What somebody sees of their own addresses. */
  async addressesOf({ viewer }: Person): Promise<Record<string, any>> {
    const { data } = await this.people.company.subgraph.run(viewer, '{ me { email pendingEmail isEmailVerified } }');
    return data?.['me'];
  }

  /** Puts an account out of use and back into it. */
  async sendAwayAndBack({ id }: Person): Promise<void> {
    for (const isActive of [false, true]) await this.people.company.make('updateUser', { id, isActive });
  }
}

/** Those of the mails that went to an address. */
export function mailsTo(address: string, mails: readonly MailMessage[]): readonly MailMessage[] {
  return mails.filter(({ to }) => to === address);
}
