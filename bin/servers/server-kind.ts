import type { Program } from './binaries.js';
import type { PackagePattern } from './apt.js';
import type { WatchOrder } from './watched-server.js';

/** What a private server gets for itself: a new folder, a free port on 127.0.0.1 and a password. */
export type Place = { folder: string; port: number; password: string };

/** All there is to know of one kind of server: how it is found, fetched, ordered, greeted and addressed. */
export type ServerKind = {
  name: 'MariaDB' | 'Redis';
  /** The variable that names a running one, without the caller's prefix. */
  variable: 'DATABASE_URL' | 'REDIS_URL';
  /** Names on a PATH, the preferred one first. */
  binaries: readonly string[];
  /** What Debian and Ubuntu pack it in, and where the program lies in those packages. */
  packages: readonly PackagePattern[];
  packagedBinaries: readonly string[];
  /** What a client sends first to make it speak; empty when it speaks first. */
  hello: string;
  order: (program: Program, place: Place) => WatchOrder;
  urlOf: (place: Place) => string;
};
