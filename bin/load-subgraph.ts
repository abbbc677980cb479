import 'reflect-metadata';
import type { SubgraphName } from '../platform/events/catalogue.js';
import type { Subgraph } from '../platform/subgraph.js';

const load: Readonly<Record<SubgraphName, () => Promise<Subgraph>>> = {
  accounts: async () => (await import('../subgraphs/accounts/subgraph.js')).accounts,
  layout: async () => (await import('../subgraphs/layout/subgraph.js')).layout,
  orders: async () => (await import('../subgraphs/orders/subgraph.js')).orders,
  inventory: async () => (await import('../subgraphs/inventory/subgraph.js')).inventory,
  insights: async () => (await import('../subgraphs/insights/subgraph.js')).insights,
};

/** One subgraph without the code of the others, for a process that runs nothing else. */
export function loadSubgraph(name: SubgraphName): Promise<Subgraph> {
  return load[name]();
}
