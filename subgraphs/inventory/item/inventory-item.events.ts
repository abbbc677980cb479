import type { DomainEvent } from '../../../platform/data/outbox.js';
import type { InventoryItemEntity } from './inventory-item.entity.js';

/** An item was made, changed or archived. */
export function inventoryItemSaved(item: InventoryItemEntity): DomainEvent<'inventory-item.saved'> {
  const { name, sku, isArchived } = item;
  return {
    type: 'inventory-item.saved',
    aggregate: {
      id: item.id,
      brandId: item.brandId,
      get version() {
        return item.version;
      },
    },
    payload: { name, sku, isArchived },
  };
}
