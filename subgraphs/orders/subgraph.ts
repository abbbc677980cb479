import { OutletReplicaEntity } from '../../platform/replicas/outlet-replica.entity.js';
import { applyOutletSaved } from '../../platform/replicas/outlet-replica.queries.js';
import type { Subgraph } from '../../platform/subgraph.js';
import { permissions } from '../../schema/permissions.js';
import { MenuAvailabilityResolver } from './menu/menu-availability.resolver.js';
import { MenuCategoryEntity } from './menu/menu-category.entity.js';
import { MenuItemPriceEntity } from './menu/menu-item-price.entity.js';
import { MenuItemStockEntity } from './menu/menu-item-stock.entity.js';
import { MenuItemEntity } from './menu/menu-item.entity.js';
import { MenuItemMutationResolver, MenuItemResolver } from './menu/menu-item.resolver.js';
import { menuCategoryLoader, menuItemLoader } from './menu/menu.loaders.js';
import { MenuCategoryResolver, MenuResolver } from './menu/menu.resolver.js';
import { initial } from './migrations/20261121140207-initial.js';
import { relayLease } from './migrations/20261121145300-relay-lease.js';
import { outletDetails } from './migrations/20261121174928-outlet-details.js';
import { OrderCounterEntity } from './order/order-counter.entity.js';
import { OrderFieldsResolver, OrderLineResolver, OrderWorkflowEventResolver } from './order/order-fields.resolver.js';
import { OrderLineEntity } from './order/order-line.entity.js';
import { OrderQueueEventResolver, OrderStatusEventResolver } from './order/order-live.resolver.js';
import { OrderMutationResolver } from './order/order-mutations.resolver.js';
import { OrderWorkflowEventEntity } from './order/order-workflow-event.entity.js';
import { OrderTicketEntity } from './order/order.entity.js';
import { orderLoader } from './order/order.loaders.js';
import { OrderResolver } from './order/order.resolver.js';
import { PaymentLogEntity } from './payment/payment-log.entity.js';
import { PaymentEntity } from './payment/payment.entity.js';
import { paymentLoader } from './payment/payment.loaders.js';
import { OrderPaymentsResolver, PaymentLogResolver, PaymentResolver } from './payment/payment.resolver.js';
import { SeatingReplicaEntity } from './table/seating-replica.entity.js';
import { TableReplicaEntity } from './table/table-replica.entity.js';
import { applySeatingClosed, applySeatingOpened, applyServiceNodeSaved } from './table/table-replica.operations.js';

/** What is sold and what was ordered: menu, orders, kitchen queue and payments. */
export const orders: Subgraph = {
  name: 'orders',
  entities: [
    OutletReplicaEntity,
    TableReplicaEntity,
    SeatingReplicaEntity,
    MenuCategoryEntity,
    MenuItemEntity,
    MenuItemPriceEntity,
    MenuItemStockEntity,
    OrderCounterEntity,
    OrderTicketEntity,
    OrderLineEntity,
    OrderWorkflowEventEntity,
    PaymentEntity,
    PaymentLogEntity,
  ],
  migrations: [initial, relayLease, outletDetails],
  resolvers: [
    MenuResolver,
    MenuCategoryResolver,
    MenuItemResolver,
    MenuItemMutationResolver,
    MenuAvailabilityResolver,
    OrderResolver,
    OrderFieldsResolver,
    OrderLineResolver,
    OrderWorkflowEventResolver,
    OrderMutationResolver,
    OrderStatusEventResolver,
    OrderQueueEventResolver,
    PaymentResolver,
    OrderPaymentsResolver,
    PaymentLogResolver,
  ],
  references: {
    MenuCategory: ({ id }, context) => menuCategoryLoader(context).load(id),
    MenuItem: ({ id }, context) => menuItemLoader(context).load(id),
    OrderTicket: ({ id }, context) => orderLoader(context).load(id),
    Payment: ({ id }, context) => paymentLoader(context).load(id),
  },
  permissions: permissions.orders,
  consumes: {
    'outlet.saved': applyOutletSaved,
    'service-node.saved': applyServiceNodeSaved,
    'seating.opened': applySeatingOpened,
    'seating.closed': applySeatingClosed,
  },
  jobs: [],
  schedules: [],
};
