import { Directive, Field, ID, InputType, ObjectType } from 'type-graphql';
import type { BiometricEventKind } from '../../../platform/ports/biometric-webhook.js';
import type { BiometricProvider } from '../../../platform/ports/webhook-secrets.js';
import { DateTime } from '../../../platform/graphql/scalars.js';
import { Payload } from '../../../platform/graphql/shared-types.js';

/** What a provider's event carries, for the gateway. */
@Directive('@inaccessible')
@InputType({ description: 'What a provider of biometrics has told, for the gateway, which has checked its signature.' })
export class ReceiveBiometricEventInput {
  @Field(() => String, { description: 'The provider.' })
  provider!: BiometricProvider;

  @Field(() => ID, { description: "The provider's own id of the event." })
  eventId!: string;

  @Field(() => String, { description: 'What happened.' })
  kind!: BiometricEventKind;

  @Field(() => ID, { description: 'Whom it is about.' })
  userId!: string;

  @Field(() => String, { nullable: true, description: 'Which device it is about, where it is about one.' })
  deviceId?: string | null;

  @Field(() => DateTime, { description: 'When it happened.' })
  occurredAt!: Date;
}

/** What receiveBiometricEvent answers. */
@Directive('@inaccessible')
@ObjectType({ description: 'What came of receiveBiometricEvent.' })
export class ReceiveBiometricEventPayload extends Payload {
  @Field(() => Boolean, { nullable: true, description: 'Whether it was told for the first time.' })
  isNew?: boolean | null;
}
