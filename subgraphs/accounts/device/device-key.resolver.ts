import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../../platform/context.js';
import { PageArgs } from '../../../platform/graphql/page-args.js';
import { DateTime } from '../../../platform/graphql/scalars.js';
import { User } from '../user/user.graphql.js';
import { loadVisibleUsers } from '../user/user.queries.js';
import { deviceChallenge } from './device-challenge.operations.js';
import {
  DeviceChallengeInput,
  LoginWithDeviceKeyInput,
  RegisterDeviceKeyInput,
  RevokeDeviceKeyInput,
} from './device-inputs.graphql.js';
import type { DeviceKeyEntity } from './device-key.entity.js';
import { BiometricCredential, BiometricCredentialConnection } from './device-key.graphql.js';
import { listDeviceKeys } from './device-key.queries.js';
import { passwordDueAt } from './device-key.rules.js';
import { loginWithDeviceKey } from './device-login.operations.js';
import {
  DeviceChallengePayload,
  LoginWithDeviceKeyPayload,
  RegisterDeviceKeyPayload,
  RevokeDeviceKeyPayload,
} from './device-payloads.graphql.js';
import { registerDeviceKey } from './enrolment.operations.js';
import { revokeDeviceKey } from './revocation.operations.js';

/** Keys of devices, and signing in by them. */
@Resolver(() => BiometricCredential)
export class DeviceKeyResolver {
  @Query(() => BiometricCredentialConnection, {
    description:
      "Keys one signs in by, in the order they were made; one's own, or those of somebody whose devices one manages.",
  })
  deviceKeys(
    @Ctx() { em, viewer }: Context,
    @Args(() => PageArgs) { page }: PageArgs,
    @Arg('userId', () => ID, { nullable: true, description: "Whose; one's own if absent." }) userId?: string | null,
  ) {
    return listDeviceKeys(em, viewer, { userId: userId ?? viewer.id, page });
  }

  @FieldResolver(() => String, { description: "The app's own id of the device." })
  device(@Root() { deviceId }: DeviceKeyEntity): string {
    return deviceId;
  }

  @FieldResolver(() => User, { nullable: true, description: 'Whose it is.' })
  user(@Root() { userId }: DeviceKeyEntity, @Ctx() { em, viewer, loader }: Context) {
    return loader<string, object>('user', (ids) => loadVisibleUsers(em, viewer, ids)).load(userId);
  }

  @FieldResolver(() => DateTime, {
    nullable: true,
    description: 'When the device needs the password again; null where it needs it now.',
  })
  passwordDueAt(@Root() { passwordProvenAt }: DeviceKeyEntity, @Ctx() { clock }: Context): Date | null {
    return passwordDueAt(passwordProvenAt, clock.now());
  }

  @Mutation(() => DeviceChallengePayload, {
    description: 'Gives a device something to sign, once and within three minutes; known and unknown ones alike.',
  })
  deviceChallenge(
    @Ctx() context: Context,
    @Arg('input', () => DeviceChallengeInput, { description: 'Which device, and for what.' })
    input: DeviceChallengeInput,
  ): Promise<object> {
    return deviceChallenge(context, input);
  }

  @Mutation(() => RegisterDeviceKeyPayload, {
    description: "Lets the person who is asking sign in by a key of their device; staff by a manager's leave only.",
  })
  async registerDeviceKey(
    @Ctx() context: Context,
    @Arg('input', () => RegisterDeviceKeyInput, { description: 'The key.' }) input: RegisterDeviceKeyInput,
  ): Promise<object> {
    return { deviceKey: await registerDeviceKey(context, input) };
  }

  @Mutation(() => LoginWithDeviceKeyPayload, {
    description: 'Signs in by a key of the device; asks for the password thirty days after it was last given there.',
  })
  loginWithDeviceKey(
    @Ctx() context: Context,
    @Arg('input', () => LoginWithDeviceKeyInput, { description: "The device's answer." })
    input: LoginWithDeviceKeyInput,
  ): Promise<object> {
    return loginWithDeviceKey(context, input);
  }

  @Mutation(() => RevokeDeviceKeyPayload, {
    description: 'Ends a key and the sessions on its device at once; for its holder and for who manages their devices.',
  })
  async revokeDeviceKey(
    @Ctx() context: Context,
    @Arg('input', () => RevokeDeviceKeyInput, { description: 'Which one.' }) input: RevokeDeviceKeyInput,
  ): Promise<object> {
    return { deviceKey: await revokeDeviceKey(context, input) };
  }
}
