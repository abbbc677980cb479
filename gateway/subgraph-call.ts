import type { DocumentNode, ExecutionResult } from 'graphql';
import type { SubgraphClient, SubgraphRequest } from '../platform/graphql/subgraph-client.js';
import type { Log } from '../platform/process/log.js';
import type { RequestContext } from './request-context.js';
import type { SignForSubgraph } from './viewer-signer.js';

/** What is asked of a subgraph. */
export interface SubgraphQuestion {
  readonly query: string;
  readonly document?: DocumentNode;
  readonly operationName?: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** A subgraph that did not answer: it cannot be reached, failed without a word or took too long. */
export class SubgraphUnavailable extends Error {
  constructor(
    readonly subgraph: string,
    cause: unknown,
  ) {
    super(`${subgraph} is unavailable`, { cause });
    this.name = 'SubgraphUnavailable';
  }
}

/** Asks one subgraph in somebody's name; throws SubgraphUnavailable. */
export type SubgraphCaller = (question: SubgraphQuestion, context: RequestContext) => Promise<ExecutionResult>;

/** Opens a subscription at one subgraph in somebody's name; throws SubgraphUnavailable. */
export type SubgraphSubscriber = (
  question: SubgraphQuestion,
  context: RequestContext,
) => ReturnType<SubgraphClient['subscribe']>;

/** How one subgraph is reached. */
export interface SubgraphLine {
  readonly name: string;
  readonly client: SubgraphClient;
  readonly sign: SignForSubgraph;
  readonly deadlineMs: number;
  readonly log: Log;
}

/** A caller of one subgraph. */
export function subgraphCaller(line: SubgraphLine): SubgraphCaller {
  return (question, context) => answered(line, context, line.client.execute(signedRequest(line, question, context)));
}

/** An opener of subscriptions at one subgraph. */
export function subgraphSubscriber(line: SubgraphLine): SubgraphSubscriber {
  return async (question, context) => {
    const opening = line.client.subscribe(signedRequest(line, question, context));
    let isAwaited = true;
    // A subscription that opens after its deadline has nobody to listen to it.
    const closeLate = opening.then((source) =>
      isAwaited || !(Symbol.asyncIterator in source) ? undefined : source.return?.(),
    );
    closeLate.catch((error: unknown) =>
      line.log.debug({ err: error, subgraph: line.name }, 'subscription was not opened'),
    );
    try {
      return await answered(line, context, opening);
    } catch (error) {
      isAwaited = false;
      throw error;
    }
  };
}

function signedRequest(line: SubgraphLine, question: SubgraphQuestion, context: RequestContext): SubgraphRequest {
  const { requestId, idempotencyKey, remoteAddress, userAgent, viewer } = context;
  const signedViewer = line.sign(viewer, line.name);
  return { ...question, requestId, idempotencyKey, remoteAddress, userAgent, signedViewer };
}

async function answered<T>(line: SubgraphLine, context: RequestContext, answer: Promise<T>): Promise<T> {
  const deadline = Promise.withResolvers<never>();
  const timer = setTimeout(() => deadline.reject(new Error(`no answer within ${line.deadlineMs} ms`)), line.deadlineMs);
  try {
    return await Promise.race([answer, deadline.promise]);
  } catch (error) {
    line.log.error({ err: error, subgraph: line.name, requestId: context.requestId }, 'subgraph unavailable');
    throw new SubgraphUnavailable(line.name, error);
  } finally {
    clearTimeout(timer);
  }
}
