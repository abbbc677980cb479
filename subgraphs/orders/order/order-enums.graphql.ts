import { registerEnumType } from 'type-graphql';
import { paymentStates } from './order.pricing.js';
import { fulfilmentTypes, orderChannels } from './order.rules.js';
import { orderStatuses } from './order.state.js';
import { vocabularies } from './order.vocabulary.js';

const enumOf = (values: readonly string[]) => Object.fromEntries(values.map((value) => [value, value]));

/** Order statuses as a GraphQL enum. */
export const OrderStatuses = enumOf(orderStatuses);
registerEnumType(OrderStatuses, {
  name: 'OrderStatus',
  description: 'How far the work on an order is.',
  valuesConfig: {
    DRAFT: { description: 'Not placed yet.' },
    PENDING: { description: 'Placed by a guest, to be accepted by the outlet.' },
    QUEUED: { description: 'On the list of the kitchen.' },
    PREPARING: { description: 'Being cooked.' },
    READY: { description: 'Ready to be handed over.' },
    COMPLETED: { description: 'Handed over; final.' },
    CANCELLED: { description: 'Given up; final.' },
  },
});

/** Fulfilment types as a GraphQL enum. */
export const FulfilmentTypes = enumOf(fulfilmentTypes);
registerEnumType(FulfilmentTypes, {
  name: 'FulfilmentType',
  description: 'How the guest gets the order.',
  valuesConfig: {
    DINE_IN: { description: 'Eaten here.' },
    PICKUP: { description: 'Fetched by the guest.' },
    DELIVERY: { description: 'Brought to the guest.' },
  },
});

const channelDescriptions = {
  MOBILE: { description: "The guest's or a waiter's phone." },
  KIOSK: { description: 'A self-service screen of the outlet.' },
  POS: { description: "The outlet's till." },
  WEB: { description: 'A web page.' },
  PARTNER: { description: 'Another company, such as a delivery service.' },
};

/** Channels as a GraphQL enum. */
export const OrderChannels = enumOf(orderChannels);
registerEnumType(OrderChannels, {
  name: 'OrderChannel',
  description: 'The way an order or a step came in.',
  valuesConfig: channelDescriptions,
});

/** Channels of workflow events as a GraphQL enum. */
export const WorkflowChannels = enumOf([...orderChannels, 'MANAGER_OVERRIDE']);
registerEnumType(WorkflowChannels, {
  name: 'WorkflowChannel',
  description: 'The way a step of an order came about.',
  valuesConfig: {
    ...channelDescriptions,
    MANAGER_OVERRIDE: { description: 'A manager did what the rules allow nobody else.' },
  },
});

/** Payment states as a GraphQL enum. */
export const PaymentStates = enumOf(paymentStates);
registerEnumType(PaymentStates, {
  name: 'PaymentState',
  description: 'Who has the money for an order.',
  valuesConfig: {
    UNPAID: { description: 'The guest has all of it.' },
    PARTIALLY_PAID: { description: 'The guest has paid a part.' },
    PAID: { description: 'The outlet has all of it.' },
  },
});

/** Vocabularies as a GraphQL enum. */
export const Vocabularies = enumOf(vocabularies);
registerEnumType(Vocabularies, {
  name: 'OrderVocabulary',
  description: 'Whose words for order statuses are meant.',
  valuesConfig: {
    TECHNOMART: { description: 'pending, in_queue, in_progress, ready, completed, cancelled.' },
    RESTAURANT: { description: 'cart, Pending, Processing, Preparing, Ready, Delivered.' },
    BLUEPRINT: { description: 'draft, queued, preparing, ready, completed, cancelled.' },
  },
});
