import { Arg, Ctx, Directive, Mutation, Resolver } from 'type-graphql';
import type { Context } from '../../../platform/context.js';
import { ReceiveBiometricEventInput, ReceiveBiometricEventPayload } from './biometric-event.graphql.js';
import { receiveBiometricEvent } from './biometric-event.operations.js';

/** What the gateway hands over of providers' callbacks. */
@Resolver()
export class BiometricEventResolver {
  @Directive('@inaccessible')
  @Mutation(() => ReceiveBiometricEventPayload, {
    description: 'Keeps what a provider of biometrics has told, to act on it later. For the gateway only.',
  })
  async receiveBiometricEvent(
    @Ctx() context: Context,
    @Arg('input', () => ReceiveBiometricEventInput, { description: 'What it has told.' })
    { deviceId = null, ...event }: ReceiveBiometricEventInput,
  ): Promise<object> {
    return { isNew: await receiveBiometricEvent(context, { ...event, deviceId }) };
  }
}
