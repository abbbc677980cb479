import type { Migration } from '../../../platform/data/migration.js';

/** Roles of a brand's own beside the templates. A template's id is its code, so memberships keep their roles; the templates are written anew at every start. */
export const roles: Migration = {
  name: '20261121174929-roles',
  statements: [
    'create table `permission` (`slug` varchar(60) not null, `description` varchar(200) not null, primary key (`slug`)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB',
    'alter table `membership` change `role_code` `role_id` varchar(32) not null',
    'alter table `membership` add `slugs_added` json null, add `slugs_removed` json null',
    'alter table `membership` add index `membership_role_id_user_id_index` (`role_id`, `user_id`)',
    'delete from `role`',
    'alter table `role` drop primary key',
    'alter table `role` drop column `code`',
    'alter table `role` add `id` varchar(32) not null, add `brand_id` varchar(32) null, add `name` varchar(80) not null, add `name_key` varchar(80) not null, add `version` int not null default 1',
    'alter table `role` add unique `role_brand_id_name_key_unique` (`brand_id`, `name_key`)',
    'alter table `role` add primary key (`id`)',
  ],
};
