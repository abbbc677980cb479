import type { ContenderName } from './contender-names.js';
import { openOwnInProcess, openOwnOverHttp } from './own-gateway.js';
import { openStockInProcess, openStockOverHttp } from './stock-gateway.js';

/** Opens a contender's gateway and subgraphs on a data folder and returns where operations are answered. */
export const contenders: Readonly<Record<ContenderName, (dataDir: string) => Promise<string>>> = {
  'stock over HTTP': openStockOverHttp,
  'ours over HTTP': openOwnOverHttp,
  'stock in process': openStockInProcess,
  'ours in process': openOwnInProcess,
};
