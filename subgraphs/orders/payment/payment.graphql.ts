import { Directive, Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { LocalDate } from '../../../platform/graphql/scalars.js';
import { connectionOf, MoneyInput, Payload } from '../../../platform/graphql/shared-types.js';
import { OrderTicket } from '../order/order.graphql.js';

/** How money is taken. */
export const PaymentMethodKinds = { CASH: 'CASH' } as const;
registerEnumType(PaymentMethodKinds, {
  name: 'PaymentMethodKind',
  description: 'How money is taken.',
  valuesConfig: { CASH: { description: 'Notes and coins.' } },
});

/** How far a payment is. */
export const PaymentStatuses = { CAPTURED: 'CAPTURED' } as const;
registerEnumType(PaymentStatuses, {
  name: 'PaymentStatus',
  description: 'How far a payment is.',
  valuesConfig: { CAPTURED: { description: 'The outlet has the money.' } },
});

/** A payment as clients see it. */
@Directive('@key(fields: "id")')
@ObjectType({
  description: 'Money taken for an order. Readable by those who read payments of the outlet, and by the guest.',
})
export class Payment {
  @Field(() => ID, { description: 'Identifier, such as "pay_01J…".' })
  id!: string;

  @Field(() => PaymentMethodKinds, { description: 'How it was taken.' })
  method!: 'CASH';

  @Field(() => PaymentStatuses, { description: 'How far it is.' })
  status!: 'CAPTURED';

  @Field(() => Date, { description: 'When the outlet got the money.' })
  capturedAt!: Date;

  @Field(() => LocalDate, { description: "The outlet's business day on which it got the money." })
  businessDay!: string;
}

export const PaymentConnection = connectionOf('Payment', () => Payment);

/** A line of a payment's log as clients see it. */
@ObjectType({ description: 'One thing that happened to a payment; never changed or removed.' })
export class PaymentLog {
  @Field(() => ID, { description: 'Identifier, such as "plg_01J…".' })
  id!: string;

  @Field(() => PaymentStatuses, { description: 'What happened.' })
  kind!: 'CAPTURED';

  @Field(() => Date, { description: 'When.' })
  at!: Date;
}

/** What payOrder needs. */
@InputType({ description: 'Which order is paid, how and how much of it.' })
export class PayOrderInput {
  @Field(() => ID, { description: 'The order.' })
  orderId!: string;

  @Field(() => PaymentMethodKinds, { description: 'How the money is taken.' })
  method!: 'CASH';

  @Field(() => MoneyInput, { description: 'How much, more than zero and at most what is due; a part is allowed.' })
  amount!: MoneyInput;

  @Field(() => String, {
    nullable: true,
    description: 'Same key, same payment: required here or as Idempotency-Key header; at most 128 characters.',
  })
  idempotencyKey?: string | null;
}

/** What payOrder answers. */
@ObjectType({ description: 'What came of payOrder.' })
export class PayOrderPayload extends Payload {
  @Field(() => Payment, { nullable: true, description: 'The payment.' })
  payment?: Payment | null;

  @Field(() => OrderTicket, { nullable: true, description: 'The order as it is now.' })
  order?: OrderTicket | null;
}
