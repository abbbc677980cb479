import { composeServices } from '@apollo/composition';
import { Supergraph } from '@apollo/federation-internals';
import { printSubgraphSchema } from '@apollo/subgraph';
import { parse, printSchema, type GraphQLSchema } from 'graphql';
import type { Subgraph } from '../platform/subgraph.js';
import { buildSubgraph } from '../platform/graphql/build-subgraph.js';

/** Everything that is generated from the code's classes, by file name in schema/. */
export interface ComposedGraph {
  readonly files: Readonly<Record<string, string>>;
  /** Remarks of the composer; there should be none. */
  readonly hints: readonly string[];
  readonly apiSchema: GraphQLSchema;
}

/** Builds the subgraphs' schemas and composes them; throws with every reason when they do not fit together. */
export async function composeGraph(subgraphs: readonly Subgraph[]): Promise<ComposedGraph> {
  const files: Record<string, string> = {};
  // One after the other: type-graphql keeps what it is building in one global place.
  for (const subgraph of subgraphs)
    files[`${subgraph.name}.graphql`] = `${printSubgraphSchema(await buildSubgraph(subgraph))}\n`;
  const services = subgraphs.map(({ name }) => ({
    name,
    url: `http://${name}`,
    typeDefs: parse(files[`${name}.graphql`] ?? ''),
  }));
  const { supergraphSdl, hints, errors } = composeServices(services);
  if (!supergraphSdl)
    throw new Error(`The subgraphs do not compose:\n${errors?.map((error) => error.message).join('\n')}`);
  const apiSchema = Supergraph.build(supergraphSdl).apiSchema().toGraphQLJSSchema();
  files['supergraph.graphql'] = `${supergraphSdl}\n`;
  files['api.graphql'] = `${printSchema(apiSchema)}\n`;
  return { files, hints: (hints ?? []).map((hint) => hint.toString()), apiSchema };
}
