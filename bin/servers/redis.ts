import { join } from 'node:path';

import { commandOf, type Program } from './binaries.js';
import type { Place, ServerKind } from './server-kind.js';
import { DATA_FOLDER, type WatchOrder } from './watched-server.js';

/** Redis; Debian and Ubuntu pack the program into the tools, and the server's own package holds a link to it. */
export const REDIS: ServerKind = {
  name: 'Redis',
  variable: 'REDIS_URL',
  binaries: ['redis-server'],
  packages: ['redis-server', 'redis-tools'],
  packagedBinaries: ['usr/bin/redis-server'],
  hello: 'PING\r\n',
  order: redisOrder,
  urlOf: ({ port, password }) => `redis://:${password}@127.0.0.1:${port}`,
};

/** Orders a private Redis that keeps everything, as the job queues demand. */
function redisOrder(program: Program, place: Place): WatchOrder {
  const settings = [
    'bind 127.0.0.1',
    `port ${place.port}`,
    `dir ${join(place.folder, DATA_FOLDER)}`,
    `requirepass ${place.password}`,
    'appendonly yes',
    'save ""',
    'maxmemory-policy noeviction',
  ];
  return {
    name: 'Redis',
    folder: place.folder,
    // The password stands in a file that only this user may read, not in the list of processes.
    files: { 'redis.conf': `${settings.join('\n')}\n` },
    commands: [commandOf(program, [join(place.folder, 'redis.conf')])],
  };
}
