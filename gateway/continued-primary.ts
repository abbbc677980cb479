import type { FetchNode } from '@apollo/query-planner';
import {
  Kind,
  print,
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  type NameNode,
  type OperationDefinitionNode,
  type VariableDefinitionNode,
} from 'graphql';

/** A subscription's primary fetch that begins after a cursor. */
export interface ContinuedPrimary {
  readonly query: string;
  readonly document: DocumentNode;
  /** The variable that takes the cursor. */
  readonly variable: string;
}

const argument = 'since';

/** The primary fetch with a variable of its own for the `since` of its field; null where the field has none. */
export function continuedPrimary(primary: FetchNode, schema: GraphQLSchema): ContinuedPrimary | null {
  const { operationDocumentNode: opening, variableUsages = [] } = primary;
  const operation = opening?.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
  const [field] = operation?.selectionSet.selections ?? [];
  if (!opening || !operation || field?.kind !== Kind.FIELD || !canContinue(field, schema)) return null;
  const variable = unusedName(variableUsages);
  const continued = continuedOperation(operation, field, variable);
  const document = {
    ...opening,
    definitions: opening.definitions.map((node) => (node === operation ? continued : node)),
  };
  return { query: print(document), document, variable };
}

function canContinue({ name }: FieldNode, schema: GraphQLSchema): boolean {
  const known = schema.getSubscriptionType()?.getFields()[name.value]?.args ?? [];
  return known.some((arg) => arg.name === argument);
}

function unusedName(used: readonly string[]): string {
  let name = 'after';
  while (used.includes(name)) name += '_';
  return name;
}

function continuedOperation(
  operation: OperationDefinitionNode,
  field: FieldNode,
  variable: string,
): OperationDefinitionNode {
  const reference = { kind: Kind.VARIABLE, name: nameOf(variable) } as const;
  const type = { kind: Kind.NAMED_TYPE, name: nameOf('String') } as const;
  const definition: VariableDefinitionNode = { kind: Kind.VARIABLE_DEFINITION, variable: reference, type };
  const since: ArgumentNode = { kind: Kind.ARGUMENT, name: nameOf(argument), value: reference };
  const others = (field.arguments ?? []).filter(({ name }) => name.value !== argument);
  const selections = [{ ...field, arguments: [...others, since] }];
  return {
    ...operation,
    variableDefinitions: [...(operation.variableDefinitions ?? []), definition],
    selectionSet: { ...operation.selectionSet, selections },
  };
}

function nameOf(value: string): NameNode {
  return { kind: Kind.NAME, value };
}
