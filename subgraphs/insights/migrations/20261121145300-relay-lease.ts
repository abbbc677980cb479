import type { Migration } from '../../../platform/data/migration.js';

/** Made by "npm run migration" for: relay lease. */
export const relayLease: Migration = {
  name: '20261121145300-relay-lease',
  statements: [
    'create table `relay_lease` (`id` int unsigned not null, `holder` varchar(64) not null, `lease_until` datetime(3) not null, primary key (`id`)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB',
  ],
};
