import { DomainError } from './errors.js';

/** Which states follow which; a state without successors is final. */
export type StateGraph<S extends string> = Readonly<Record<S, readonly S[]>>;

/** Whether the graph has an edge between the two states. */
export function canTransition<S extends string>(graph: StateGraph<S>, from: S, to: S): boolean {
  return graph[from].includes(to);
}

/** Throws INVALID_STATE, naming the states that are possible, unless the edge exists. */
export function requireTransition<S extends string>(graph: StateGraph<S>, from: S, to: S): void {
  if (canTransition(graph, from, to)) return;
  const next =
    graph[from].length > 0 ? `From ${from} it can only go to ${graph[from].join(' or ')}.` : `${from} is final.`;
  throw new DomainError('INVALID_STATE', `It cannot go from ${from} to ${to}. ${next}`, ['status']);
}

/** Whether nothing follows the state. */
export function isFinal<S extends string>(graph: StateGraph<S>, state: S): boolean {
  return graph[state].length === 0;
}
