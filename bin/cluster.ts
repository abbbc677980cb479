import { requireNode } from './require-node.js';

requireNode();
const { main } = await import('./cluster/main.js');
await main(process.argv.slice(2));
