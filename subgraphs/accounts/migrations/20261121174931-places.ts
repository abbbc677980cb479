import type { Migration } from '../../../platform/data/migration.js';

/** What brands and outlets say of themselves: legal name, settings, opening hours, tax rules. */
export const places: Migration = {
  name: '20261121174931-places',
  statements: [
    'alter table `brand` add `legal_name` varchar(160) null, add `settings` json null',
    'alter table `outlet` add `is_brand_active` tinyint(1) not null default true, add `details` json null',
    'update `outlet` set `is_brand_active` = (select `is_active` from `brand` where `brand`.`id` = `outlet`.`brand_id`)',
  ],
};
