import { requireNode } from './require-node.js';

requireNode();
const { main } = await import('./main.js');
await main(process.argv.slice(2));
