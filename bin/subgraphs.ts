import 'reflect-metadata';
import type { Subgraph } from '../platform/subgraph.js';
import { accounts } from '../subgraphs/accounts/subgraph.js';
import { insights } from '../subgraphs/insights/subgraph.js';
import { inventory } from '../subgraphs/inventory/subgraph.js';
import { layout } from '../subgraphs/layout/subgraph.js';
import { orders } from '../subgraphs/orders/subgraph.js';

/** The five subgraphs, in the order they start. */
export const subgraphs: readonly Subgraph[] = [accounts, layout, orders, inventory, insights];
