import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { Context } from '../../../platform/context.js';
import { orChallenge } from '../abuse/challenge.operations.js';
import { loginWithSecondFactor } from './second-factor-login.operations.js';
import {
  ConfirmTotpInput,
  ConfirmTotpPayload,
  DisableTotpInput,
  DisableTotpPayload,
  EnableTotpInput,
  EnableTotpPayload,
  LoginWithSecondFactorInput,
  LoginWithSecondFactorPayload,
} from './second-factor.graphql.js';
import { confirmTotp, disableTotp, enableTotp } from './second-factor.operations.js';

/** Signing in with a second step. */
@Resolver()
export class SecondFactorResolver {
  @Mutation(() => EnableTotpPayload, {
    description: 'Begins to set up a second step by an authenticator app; confirmTotp ends it.',
  })
  enableTotp(
    @Ctx() context: Context,
    @Arg('input', () => EnableTotpInput, { description: 'Who sets it up.' }) input: EnableTotpInput,
  ): Promise<object> {
    return enableTotp(context, input);
  }

  @Mutation(() => ConfirmTotpPayload, {
    description: 'Asks for the second step from now on, and ends the other sessions.',
  })
  confirmTotp(
    @Ctx() context: Context,
    @Arg('input', () => ConfirmTotpInput, { description: 'A code of the app.' }) input: ConfirmTotpInput,
  ): Promise<object> {
    return confirmTotp(context, input);
  }

  @Mutation(() => DisableTotpPayload, { description: 'Asks for no second step any longer.' })
  async disableTotp(
    @Ctx() context: Context,
    @Arg('input', () => DisableTotpInput, { description: 'The proof of both steps.' }) input: DisableTotpInput,
  ): Promise<object> {
    return { user: await disableTotp(context, input) };
  }

  @Mutation(() => LoginWithSecondFactorPayload, {
    description: 'Signs in by the second step, after a first that was answered with a secondFactorToken.',
  })
  loginWithSecondFactor(
    @Ctx() context: Context,
    @Arg('input', () => LoginWithSecondFactorInput, { description: 'The second step.' })
    input: LoginWithSecondFactorInput,
  ): Promise<object> {
    return orChallenge(loginWithSecondFactor(context, input));
  }
}
