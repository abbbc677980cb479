import type { Migration } from '../../../platform/data/migration.js';

/** Made by "npm run migration" for: addresses people want to sign in with. */
export const emailChange: Migration = {
  name: '20261121212242-email-change',
  statements: [
    'create table `email_change` (`user_id` varchar(32) not null, `email` varchar(1200) not null, `email_key` varchar(64) not null, `holder_key` varchar(64) not null, `requested_at` datetime(3) not null, primary key (`user_id`)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB',
  ],
};
