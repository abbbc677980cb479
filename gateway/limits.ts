import { maxAliasesRule } from '@escape.tech/graphql-armor-max-aliases';
import { maxDepthRule } from '@escape.tech/graphql-armor-max-depth';
import { maxDirectivesRule } from '@escape.tech/graphql-armor-max-directives';
import { GraphQLError, type ParseOptions, type ValidationContext, type ValidationRule } from 'graphql';

/** The largest body of a request and the largest message of a socket, in bytes. Comments pass every other limit. */
export const maxBodyBytes = 100 * 1024;

/** Operations one socket may have open at a time. */
export const maxOperationsPerSocket = 50;

/** How much one document may ask for. */
export const documentLimits = { tokens: 1_000, depth: 12, aliases: 30, directives: 20 } as const;

/** The parser stops counting here, before deep nesting can overflow it. */
export const parseOptions: ParseOptions = { maxTokens: documentLimits.tokens };

// A rule that throws would leave `validate` as an unexpected failure, so limits are reported like any other mistake.
const reporting = {
  propagateOnRejection: false,
  onReject: [
    (context: ValidationContext | null, error: GraphQLError) =>
      context?.reportError(new GraphQLError(error.message.replace('Syntax Error: ', ''))),
  ],
};

/** Rules that count; cheap, so they run before the rules of the specification, some of which grow with the square of the fields. */
export const limitRules: readonly ValidationRule[] = [
  maxDepthRule({ n: documentLimits.depth, flattenFragments: true, ...reporting }),
  maxAliasesRule({ n: documentLimits.aliases, ...reporting }),
  maxDirectivesRule({ n: documentLimits.directives, ...reporting }),
];
