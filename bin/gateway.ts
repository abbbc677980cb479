import { openGatewayProcess } from './gateway-process.js';
import { runProcess } from './run-process.js';

await runProcess({ title: 'gateway', needsDatabase: false, open: openGatewayProcess });
