import type { Migration } from '../../../platform/data/migration.js';

/** Made by "npm run migration" for: outlet details. */
export const outletDetails: Migration = {
  name: '20261121174928-outlet-details',
  statements: ['alter table `outlet_replica` add `details` json null'],
};
