import type { Migration } from '../../../platform/data/migration.js';

/** Staff and customer profiles, and columns wide enough for sealed values; what is plain is sealed by "npm run rotate-keys". */
export const people: Migration = {
  name: '20261121174928-people',
  statements: [
    'create table `customer_profile` (`id` varchar(32) not null, `user_id` varchar(32) not null, `brand_id` varchar(32) not null, `delivery_addresses` text null, `diets` varchar(500) null, `allergens` varchar(700) null, `dietary_note` varchar(2100) null, `seating_preference` varchar(10) null, `is_marketing_allowed` tinyint(1) not null default false, `created_at` datetime(3) not null, `version` int not null default 1, primary key (`id`), index `customer_profile_brand_id_id_index` (`brand_id`, `id`), unique `customer_profile_user_id_brand_id_unique` (`user_id`, `brand_id`)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB',
    'create table `staff_profile` (`id` varchar(32) not null, `user_id` varchar(32) not null, `brand_id` varchar(32) not null, `outlet_id` varchar(32) not null, `employee_number` varchar(40) null, `employee_number_key` varchar(40) null, `position` varchar(80) null, `hired_on` date null, `employment_kind` varchar(12) null, `hourly_rate_minor` bigint null, `currency` varchar(3) null, `address` varchar(1300) null, `emergency_contact` varchar(900) null, `birth_date` varchar(120) null, `created_at` datetime(3) not null, `version` int not null default 1, primary key (`id`), unique `staff_profile_user_id_unique` (`user_id`), index `staff_profile_brand_id_id_index` (`brand_id`, `id`), index `staff_profile_outlet_id_id_index` (`outlet_id`, `id`), unique `staff_profile_brand_id_employee_number_key_unique` (`brand_id`, `employee_number_key`)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB',
    "alter table `user_account` add `password_changed_at` datetime(3) null, add `is_email_verified` tinyint(1) not null default false, add `is_totp_enabled` tinyint(1) not null default false, add `device_enrolment` varchar(10) not null default 'NONE'",
    'alter table `user_account` modify `email` varchar(1200) not null',
    'alter table `user_account` modify `password_hash` varchar(200) null',
    'alter table `user_account` add index `user_account_is_active_id_index` (`is_active`, `id`)',
    'alter table `user_profile` add `phone_key` varchar(64) null, add `locale` varchar(35) null, add `version` int not null default 1',
    'alter table `user_profile` modify `name` varchar(700) not null',
    'alter table `user_profile` modify `phone` varchar(120) null',
    'alter table `user_profile` add index `user_profile_phone_index` (`phone`)',
    'alter table `user_profile` add index `user_profile_phone_key_index` (`phone_key`)',
  ],
};
