import type { Migration } from '../../../platform/data/migration.js';

/** Sessions of rotating refresh tokens. The older ones cannot be exchanged any more, so their holders sign in once again. */
export const sessions: Migration = {
  name: '20261121174930-sessions',
  statements: [
    'delete from `session`',
    'alter table `session` drop index `session_user_id_index`',
    'alter table `session` add `method` varchar(20) not null, add `seed` varchar(43) not null, add `generation` int not null default 1, add `device_id` varchar(128) null, add `device_label` varchar(60) not null, add `last_used_at` datetime(3) not null',
    'alter table `session` change `token_hash` `agent_key` varchar(64) not null',
    'alter table `session` add index `session_user_id_id_index` (`user_id`, `id`)',
  ],
};
