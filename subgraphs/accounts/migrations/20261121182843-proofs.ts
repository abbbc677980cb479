import type { Migration } from '../../../platform/data/migration.js';

/** Made by "npm run migration" for: what people prove themselves with besides a password. */
export const proofs: Migration = {
  name: '20261121182843-proofs',
  statements: [
    'create table `google_identity` (`subject_key` varchar(64) not null, `user_id` varchar(32) not null, `linked_at` datetime(3) not null, primary key (`subject_key`), unique `google_identity_user_id_unique` (`user_id`)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB',
    'create table `one_time_code` (`id` varchar(32) not null, `user_id` varchar(32) not null, `purpose` varchar(20) not null, `secret_hash` varchar(64) not null, `digits_hash` varchar(64) null, `attempts` int not null default 0, `holder_key` varchar(64) not null, `detail` varchar(255) null, `created_at` datetime(3) not null, `expires_at` datetime(3) not null, primary key (`id`), unique `one_time_code_user_id_purpose_unique` (`user_id`, `purpose`)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB',
    'create table `second_factor` (`user_id` varchar(32) not null, `secret` varchar(200) not null, `last_step` int not null default 0, `recovery_keys` json not null, `created_at` datetime(3) not null, `confirmed_at` datetime(3) null, primary key (`user_id`)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB',
  ],
};
