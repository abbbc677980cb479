import { Kind, visit, type DocumentNode, type ObjectTypeDefinitionNode, type ObjectTypeExtensionNode } from 'graphql';

/**
 * The schema with query fields that may be null: a part of the product that is away takes its own fields from an answer,
 * and never those of the others. Null comes with an error that names the field by its path. A mutation's payload is never null.
 */
export function withNullableQueries(document: DocumentNode): DocumentNode {
  return visit(document, { ObjectTypeDefinition: loosened, ObjectTypeExtension: loosened });
}

function loosened<Node extends ObjectTypeDefinitionNode | ObjectTypeExtensionNode>(node: Node): Node | undefined {
  if (node.name.value !== 'Query') return undefined;
  const fields = node.fields?.map((field) =>
    field.type.kind === Kind.NON_NULL_TYPE ? { ...field, type: field.type.type } : field,
  );
  return { ...node, ...(fields ? { fields } : {}) };
}
