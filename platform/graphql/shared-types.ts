import { Directive, Field, InputType, ObjectType, registerEnumType, type ClassType } from 'type-graphql';
import { domainErrorCodes, type DomainErrorCode } from '../domain/errors.js';
import { formatAmount, parseMoney, type Money as MoneyValue } from '../domain/money.js';
import { CurrencyCode, Decimal } from './scalars.js';

/** What a code means, and what to do. */
const meanings: Readonly<Record<DomainErrorCode, string>> = {
  UNAUTHENTICATED: 'Nobody is signed in. Sign in; it comes in `errors`, never here.',
  FORBIDDEN: 'The permission for this is missing. Ask a manager for it; it comes in `errors`, never here.',
  NOT_FOUND: 'There is no such thing, or you may not see it. Check the id; it comes in `errors`, never here.',
  INVALID_INPUT: 'The input that `field` names is wrong. Correct it as `message` says.',
  INVALID_STATE: 'It cannot be done as things stand, such as paying an order that is cancelled. Read it again first.',
  INVALID_CODE: 'The code or token is wrong, used up or expired. Enter it again, or ask for another.',
  INVALID_CREDENTIALS: 'Name, password or other proof of who you are is wrong. Enter it again.',
  ALREADY_EXISTS: 'There is one with this name, address, number or key already. Take another, or use that one.',
  CHALLENGE_REQUIRED: 'Too many attempts have failed. Solve `challenge` and send the solution as `challengeResponse`.',
  AMOUNT_MISMATCH: 'The amount is not what is due. Read the order again and send its total.',
  CURRENCY_MISMATCH: 'The currency is another than that of the outlet. Send the amount in the currency of the outlet.',
  IDEMPOTENCY_KEY_REQUIRED:
    'This needs an idempotency key. Send a new random one, and the same one when you repeat the request.',
  IDEMPOTENCY_KEY_REUSED: 'The idempotency key was sent with another request before. Send a new one.',
  OUT_OF_STOCK: 'There is not enough of it. Ask for less, or for something else.',
  PASSWORD_REQUIRED: 'The session or the device key is not enough for this. Ask for the password and send it.',
  PASSWORD_TOO_WEAK:
    'The password is too short, too common, too well known of the person, or the present one. Take another.',
  REASON_REQUIRED: 'This must say why. Send `reason`.',
  SEAT_TAKEN: 'A party sits at the table. Release it first, or take another table.',
  TOKEN_EXPIRED: 'The token has expired. Sign in again.',
  TOKEN_REVOKED: 'The session was ended. Sign in again.',
  VERSION_CONFLICT: 'Somebody has changed it since you read it. Read it again and repeat your change on that.',
};

const UserErrorCodes = Object.fromEntries(domainErrorCodes.map((code) => [code, code]));
registerEnumType(UserErrorCodes, {
  name: 'UserErrorCode',
  description: 'Why a mutation did nothing; the list is closed.',
  valuesConfig: Object.fromEntries(domainErrorCodes.map((code) => [code, { description: meanings[code] }])),
});

/** A failure a client is expected to handle. */
@Directive('@shareable')
@ObjectType({ description: 'Why a mutation changed nothing, for programs and for people.' })
export class UserError {
  @Field(() => UserErrorCodes, { description: 'What kind of failure it is.' })
  code!: DomainErrorCode;

  @Field(() => String, { description: 'One sentence for people that says what to do.' })
  message!: string;

  @Field(() => [String], {
    nullable: true,
    description: 'Path of the input field it is about; null when it is about the whole request.',
  })
  field!: readonly string[] | null;
}

/** What every mutation answers with besides the thing it changed. */
@ObjectType()
export abstract class Payload {
  @Field(() => [UserError], { description: 'Why nothing was changed; empty on success.' })
  userErrors?: UserError[];
}

/** Where a page begins and ends. */
@Directive('@shareable')
@ObjectType({ description: 'Where a page of a list begins and ends.' })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether there are rows after this page.' })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'Whether this page was asked for after a cursor.' })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'Cursor of the first row.' })
  startCursor!: string | null;

  @Field(() => String, { nullable: true, description: 'Cursor of the last row: pass it as `after`.' })
  endCursor!: string | null;
}

/** Money as clients see it. */
@Directive('@shareable')
@ObjectType({ description: 'An exact amount of money.' })
export class Money {
  @Field(() => Decimal, { description: 'The amount with the decimals of its currency, such as "12.50".' })
  amount!: string;

  @Field(() => CurrencyCode, { description: 'Which currency.' })
  currency!: string;
}

/** Money as clients send it; the one input type shared by the subgraphs. */
@InputType({ description: 'An exact amount of money.' })
export class MoneyInput {
  @Field(() => Decimal, { description: 'The amount, with at most the decimals of its currency.' })
  amount!: string;

  @Field(() => CurrencyCode, { description: 'Which currency.' })
  currency!: string;
}

/** Money for a client, from integer minor units. */
export function toMoney(value: MoneyValue): Money {
  return { amount: formatAmount(value), currency: value.currency };
}

/** Integer minor units from what a client sent; throws BadUserInput naming the field. */
export function fromMoneyInput(input: MoneyInput, field: readonly string[]): MoneyValue {
  return parseMoney(input.amount, input.currency, field);
}

/** The Relay connection of a node type: `<Name>Connection { edges { cursor node } pageInfo }`. */
export function connectionOf<Node extends object>(name: string, node: () => ClassType<Node>) {
  @ObjectType(`${name}Edge`, { description: `One ${name} of a list and its cursor.` })
  class Edge {
    @Field(() => String, { description: 'Where to continue after this row.' })
    cursor!: string;

    @Field(node, { description: 'The row.' })
    node!: object;
  }

  @ObjectType(`${name}Connection`, { description: `A page of ${name} rows.` })
  class Connection {
    @Field(() => [Edge], { description: 'The rows of this page.' })
    edges!: readonly Edge[];

    @Field(() => PageInfo, { description: 'Where this page begins and ends.' })
    pageInfo!: PageInfo;
  }
  return Connection;
}
