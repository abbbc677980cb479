import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { Context } from '../../../platform/context.js';
import { RemoveServiceNodeInput, RemoveServiceNodePayload } from './node-removal.graphql.js';
import { removeServiceNode } from './node-removal.operations.js';

/** Takes places off their floors. */
@Resolver()
export class NodeRemovalResolver {
  @Mutation(() => RemoveServiceNodePayload, { description: 'Takes a place off its floor; refused while a party sits.' })
  async removeServiceNode(
    @Ctx() context: Context,
    @Arg('input', () => RemoveServiceNodeInput, { description: 'The place.' }) input: RemoveServiceNodeInput,
  ): Promise<object> {
    return { serviceNode: await removeServiceNode(context, input) };
  }
}
