import { Arg, Args, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import type { Context } from '../../../platform/context.js';
import { PageArgs } from '../../../platform/graphql/page-args.js';
import {
  CustomerFilter,
  CustomerProfile,
  CustomerProfileConnection,
  SaveCustomerProfileInput,
  SaveCustomerProfilePayload,
} from './customer.graphql.js';
import { saveCustomerProfile } from './customer.operations.js';
import { getCustomer, listCustomers } from './customer.queries.js';

/** Root fields of guests. */
@Resolver()
export class CustomerResolver {
  @Query(() => CustomerProfile, { description: "One guest's profile: one's own, or where one may see guests." })
  customer(@Ctx() { em, viewer }: Context, @Arg('id', () => ID, { description: 'The profile.' }) id: string) {
    return getCustomer(em, viewer, id);
  }

  @Query(() => CustomerProfileConnection, { description: "A brand's guests in the order their profiles were made." })
  customers(
    @Ctx() context: Context,
    @Args(() => PageArgs) { page }: PageArgs,
    @Arg('brandId', () => ID, { description: 'The brand.' }) brandId: string,
    @Arg('filter', () => CustomerFilter, { nullable: true, description: 'Only some of them.' })
    filter?: CustomerFilter | null,
  ) {
    return listCustomers(context.em, context, { page, brandId, text: filter?.text });
  }

  @Mutation(() => SaveCustomerProfilePayload, {
    description:
      "Makes or changes a guest's profile in a brand: one's own, the first of which makes one its customer, or for those who keep the brand's guests.",
  })
  async saveCustomerProfile(
    @Ctx() context: Context,
    @Arg('input', () => SaveCustomerProfileInput, { description: 'What is to be kept.' })
    input: SaveCustomerProfileInput,
  ): Promise<object> {
    return { customerProfile: await saveCustomerProfile(context, input) };
  }
}
