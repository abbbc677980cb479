import type { Migration } from '../../../platform/data/migration.js';

/** Made by "npm run migration" for: devices. */
export const devices: Migration = {
  name: '20261121185344-devices',
  statements: [
    'create table `biometric_event` (`id` varchar(32) not null, `provider` varchar(20) not null, `event_id` varchar(128) not null, `kind` varchar(20) not null, `user_id` varchar(32) not null, `device_id` varchar(128) null, `occurred_at` datetime(3) not null, `received_at` datetime(3) not null, `applied_at` datetime(3) null, primary key (`id`), index `biometric_event_received_at_index` (`received_at`), unique `biometric_event_provider_event_id_unique` (`provider`, `event_id`)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB',
    'create table `device_challenge` (`id` varchar(32) not null, `purpose` varchar(10) not null, `device_id` varchar(128) not null, `user_id` varchar(32) null, `challenge_hash` varchar(64) not null, `expires_at` datetime(3) not null, primary key (`id`), index `device_challenge_expires_at_index` (`expires_at`)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB',
    'create table `device_key` (`id` varchar(32) not null, `user_id` varchar(32) not null, `device_id` varchar(128) not null, `held_device_id` varchar(128) null, `kind` varchar(10) not null, `algorithm` varchar(10) not null, `public_key` varchar(1000) not null, `credential_id` varchar(1400) not null, `credential_key` varchar(64) not null, `sign_count` bigint not null, `label` varchar(60) null, `created_at` datetime(3) not null, `last_used_at` datetime(3) null, `password_proven_at` datetime(3) null, `revoked_at` datetime(3) null, `version` int not null default 1, primary key (`id`), unique `device_key_credential_key_unique` (`credential_key`), index `device_key_device_id_id_index` (`device_id`, `id`), index `device_key_user_id_id_index` (`user_id`, `id`), unique `device_key_user_id_held_device_id_unique` (`user_id`, `held_device_id`)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB',
  ],
};
