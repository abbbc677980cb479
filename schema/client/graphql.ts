/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** The order that has been handed over. */
export type CompleteOrderInput = {
  /** Where the step is taken. */
  channel?: OrderChannel | null | undefined;
  /** Refuse the step if the order is no longer at this version. */
  expectedVersion?: number | null | undefined;
  /** Which order. */
  orderId: string | number;
  /** Why; required where a manager overrides what the rules allow others; at most 500 characters. */
  reason?: string | null | undefined;
};

/** What a dish is safe for. */
export type Diet =
  /** No milk. */
  | 'DAIRY_FREE'
  /** No gluten. */
  | 'GLUTEN_FREE'
  /** Permitted by Islamic rules. */
  | 'HALAL'
  /** No meat, fish, egg or root vegetable. */
  | 'JAIN'
  /** Permitted by Jewish rules. */
  | 'KOSHER'
  /** No nuts. */
  | 'NUT_FREE'
  /** Nothing from animals. */
  | 'VEGAN'
  /** No meat and no fish. */
  | 'VEGETARIAN';

/** How the guest gets the order. */
export type FulfilmentType =
  /** Brought to the guest. */
  | 'DELIVERY'
  /** Eaten here. */
  | 'DINE_IN'
  /** Fetched by the guest. */
  | 'PICKUP';

/** Who signs in. */
export type LoginInput = {
  /** Solution of the challenge an earlier attempt was answered with. */
  challengeResponse?: string | null | undefined;
  /** Binds the session to this device: refreshToken then needs it too; at most 128 characters. */
  deviceId?: string | null | undefined;
  /** E-mail address or user name. */
  identifier: string;
  /** The password. */
  password: string;
};

/** The order that can be handed over. */
export type MarkOrderReadyInput = {
  /** Where the step is taken. */
  channel?: OrderChannel | null | undefined;
  /** Refuse the step if the order is no longer at this version. */
  expectedVersion?: number | null | undefined;
  /** Which order. */
  orderId: string | number;
  /** Why; required where a manager overrides what the rules allow others; at most 500 characters. */
  reason?: string | null | undefined;
};

/** An exact amount of money. */
export type MoneyInput = {
  /** The amount, with at most the decimals of its currency. */
  amount: string;
  /** Which currency. */
  currency: string;
};

/** The way an order or a step came in. */
export type OrderChannel =
  /** A self-service screen of the outlet. */
  | 'KIOSK'
  /** The guest's or a waiter's phone. */
  | 'MOBILE'
  /** Another company, such as a delivery service. */
  | 'PARTNER'
  /** The outlet's till. */
  | 'POS'
  /** A web page. */
  | 'WEB';

/** One thing a guest wants. */
export type OrderLineInput = {
  /** The menu item; it costs what the outlet sells it for. */
  menuItemId: string | number;
  /** What the kitchen should know of it; at most 200 characters. */
  note?: string | null | undefined;
  /** How many, 1 to 999. */
  quantity: number;
};

/** How far the work on an order is. */
export type OrderStatus =
  /** Given up; final. */
  | 'CANCELLED'
  /** Handed over; final. */
  | 'COMPLETED'
  /** Not placed yet. */
  | 'DRAFT'
  /** Placed by a guest, to be accepted by the outlet. */
  | 'PENDING'
  /** Being cooked. */
  | 'PREPARING'
  /** On the list of the kitchen. */
  | 'QUEUED'
  /** Ready to be handed over. */
  | 'READY';

/** Which order is paid, how and how much of it. */
export type PayOrderInput = {
  /** How much, more than zero and at most what is due; a part is allowed. */
  amount: MoneyInput;
  /** Same key, same payment: required here or as Idempotency-Key header; at most 128 characters. */
  idempotencyKey?: string | null | undefined;
  /** How the money is taken. */
  method: PaymentMethodKind;
  /** The order. */
  orderId: string | number;
};

/** How money is taken. */
export type PaymentMethodKind =
  /** Notes and coins. */
  | 'CASH';

/** Who has the money for an order. */
export type PaymentState =
  /** The outlet has all of it. */
  | 'PAID'
  /** The guest has paid a part. */
  | 'PARTIALLY_PAID'
  /** The guest has all of it. */
  | 'UNPAID';

/** What a guest wants, where and how. */
export type PlaceOrderInput = {
  /** The way it comes in. */
  channel: OrderChannel;
  /** How the guest gets it. */
  fulfilmentType: FulfilmentType;
  /** Same key, same order: required here or as Idempotency-Key header; at most 128 characters. */
  idempotencyKey?: string | null | undefined;
  /** What is wanted, 1 to 100 lines. */
  lines: Array<OrderLineInput>;
  /** What the kitchen should know; at most 500 characters. */
  note?: string | null | undefined;
  /** The outlet. */
  outletId: string | number;
  /** Party it is for; it must sit at the table where one is given. */
  seatingId?: string | number | null | undefined;
  /** Table it is served at; who sits there now is taken as its party. */
  tableId?: string | number | null | undefined;
};

/** The table to release. */
export type ReleaseTableInput = {
  /** A table with a party. */
  tableId: string | number;
};

/** What kind of file a report becomes. */
export type ReportFormat =
  /** Pages to read and print, with a chart. */
  | 'PDF';

/** Where a report is between being asked for and its end. */
export type ReportState =
  /** Somebody ended it before it was done. */
  | 'CANCELLED'
  /** Its file can be downloaded. */
  | 'DONE'
  /** It could not be made; `error` says what to do. */
  | 'FAILED'
  /** It waits for a worker. */
  | 'QUEUED'
  /** It is being made. */
  | 'RUNNING';

/** What a report is about. */
export type ReportType =
  /** Sales, payments and dishes by business day. */
  | 'SALES';

/** The report to make. */
export type RequestReportInput = {
  /** What kind of file it becomes. */
  format: ReportFormat;
  /** The same request again under one key is one report; at most 128 characters. */
  idempotencyKey?: string | null | undefined;
  /** The outlet it is about. */
  outletId: string | number;
  /** "24h" (the current business day), "7d", "30d", or two business days such as "2026-03-01..2026-03-31"; at most 366 days. */
  range: string;
  /** What it is about. */
  type: ReportType;
};

/** The role templates, which every brand has. */
export type RoleCode =
  /** May do everything at its place. */
  | 'ADMIN'
  /** Reads figures and requests reports. */
  | 'ANALYST'
  /** Cooks: moves orders through the kitchen, adjusts stock. */
  | 'CHEF'
  /** A guest: sees and makes own orders. */
  | 'CUSTOMER'
  /** A program that reads orders and figures. */
  | 'INTEGRATOR'
  /** Runs an outlet: overrides, menu, floor, stock, reports. */
  | 'MANAGER'
  /** Runs a brand: everything a manager may, and people and outlets. */
  | 'OWNER'
  /** Works in the house: reads floor, orders and stock. */
  | 'STAFF'
  /** Seats guests, takes orders and payments. */
  | 'WAITER';

/** The party to seat. */
export type SeatPartyInput = {
  /** How many guests, 1 to 200; more than the table has seats is allowed. */
  covers: number;
  /** A free table. */
  tableId: string | number;
};

/** The order the kitchen begins to cook. */
export type StartOrderInput = {
  /** Where the step is taken. */
  channel?: OrderChannel | null | undefined;
  /** Refuse the step if the order is no longer at this version. */
  expectedVersion?: number | null | undefined;
  /** Which order. */
  orderId: string | number;
  /** Why; required where a manager overrides what the rules allow others; at most 500 characters. */
  reason?: string | null | undefined;
};

/** How urgent restocking is. */
export type StockState =
  /** At or below the critical level. */
  | 'CRITICAL'
  /** Above the minimum. */
  | 'OK'
  /** At or below the minimum. */
  | 'WARNING';

/** What stock is counted in; G and KG convert into each other exactly, and so do ML and L. */
export type StockUnit =
  /** Pieces. */
  | 'EACH'
  /** Grams. */
  | 'G'
  /** Kilograms. */
  | 'KG'
  /** Litres. */
  | 'L'
  /** Millilitres. */
  | 'ML';

/** Why a mutation did nothing; the list is closed. */
export type UserErrorCode =
  /** There is one with this name, address, number or key already. Take another, or use that one. */
  | 'ALREADY_EXISTS'
  /** The amount is not what is due. Read the order again and send its total. */
  | 'AMOUNT_MISMATCH'
  /** Too many attempts have failed. Solve `challenge` and send the solution as `challengeResponse`. */
  | 'CHALLENGE_REQUIRED'
  /** The currency is another than that of the outlet. Send the amount in the currency of the outlet. */
  | 'CURRENCY_MISMATCH'
  /** The permission for this is missing. Ask a manager for it; it comes in `errors`, never here. */
  | 'FORBIDDEN'
  /** This needs an idempotency key. Send a new random one, and the same one when you repeat the request. */
  | 'IDEMPOTENCY_KEY_REQUIRED'
  /** The idempotency key was sent with another request before. Send a new one. */
  | 'IDEMPOTENCY_KEY_REUSED'
  /** The code or token is wrong, used up or expired. Enter it again, or ask for another. */
  | 'INVALID_CODE'
  /** Name, password or other proof of who you are is wrong. Enter it again. */
  | 'INVALID_CREDENTIALS'
  /** The input that `field` names is wrong. Correct it as `message` says. */
  | 'INVALID_INPUT'
  /** It cannot be done as things stand, such as paying an order that is cancelled. Read it again first. */
  | 'INVALID_STATE'
  /** There is no such thing, or you may not see it. Check the id; it comes in `errors`, never here. */
  | 'NOT_FOUND'
  /** There is not enough of it. Ask for less, or for something else. */
  | 'OUT_OF_STOCK'
  /** The session or the device key is not enough for this. Ask for the password and send it. */
  | 'PASSWORD_REQUIRED'
  /** The password is too short, too common, too well known of the person, or the present one. Take another. */
  | 'PASSWORD_TOO_WEAK'
  /** This must say why. Send `reason`. */
  | 'REASON_REQUIRED'
  /** A party sits at the table. Release it first, or take another table. */
  | 'SEAT_TAKEN'
  /** The token has expired. Sign in again. */
  | 'TOKEN_EXPIRED'
  /** The session was ended. Sign in again. */
  | 'TOKEN_REVOKED'
  /** Nobody is signed in. Sign in; it comes in `errors`, never here. */
  | 'UNAUTHENTICATED'
  /** Somebody has changed it since you read it. Read it again and repeat your change on that. */
  | 'VERSION_CONFLICT';

export type CompleteOrderMutationVariables = Exact<{
  input: CompleteOrderInput;
}>;


export type CompleteOrderMutation = { completeOrder: { order: { id: string, number: number, status: OrderStatus } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null }> } };

export type DashboardQueryVariables = Exact<{
  outletId: string | number;
  businessDay?: string | null | undefined;
}>;


export type DashboardQuery = { dashboard: { businessDay: string, ordersPlaced: number, ordersOpen: number, ordersCompleted: number, covers: number, sales: { amount: string, currency: string }, salesLastWeek: { amount: string, currency: string }, averageOrder: { amount: string, currency: string } | null, topItems: Array<{ name: string, quantity: number, sales: { amount: string, currency: string } }>, salesByHour: Array<{ hour: number, orders: number, sales: { amount: string, currency: string } }> } | null };

export type KitchenQueueQueryVariables = Exact<{
  outletId: string | number;
}>;


export type KitchenQueueQuery = { kitchenQueue: Array<{ id: string, number: number, status: OrderStatus, placedAt: string, table: { label: string } | null, lines: Array<{ name: string, quantity: number, note: string | null }> }> | null };

export type LiveOrdersSubscriptionVariables = Exact<{
  outletId: string | number;
  since?: string | null | undefined;
}>;


export type LiveOrdersSubscription = { orderStatusChanged: { cursor: string, at: string, status: OrderStatus, order: { id: string, number: number, status: OrderStatus, covers: number, table: { label: string } | null, seating: { covers: number } | null, lines: Array<{ name: string, quantity: number, menuItem: { name: string } | null }> } | null } };

export type MarkOrderReadyMutationVariables = Exact<{
  input: MarkOrderReadyInput;
}>;


export type MarkOrderReadyMutation = { markOrderReady: { order: { id: string, number: number, status: OrderStatus } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null }> } };

export type MenuQueryVariables = Exact<{
  outletId: string | number;
}>;


export type MenuQuery = { menu: { categories: Array<{ id: string, name: string, items: Array<{ id: string, name: string, description: string | null, diets: Array<Diet>, isAvailable: boolean, price: { amount: string, currency: string } | null }> }> } | null };

export type OpenOrdersQueryVariables = Exact<{
  outletId: string | number;
  first?: number;
  after?: string | null | undefined;
}>;


export type OpenOrdersQuery = { orders: { edges: Array<{ node: { id: string, number: number, status: OrderStatus, fulfilmentType: FulfilmentType, placedAt: string, total: { amount: string, currency: string }, lines: Array<{ name: string, quantity: number }>, table: { label: string } | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null };

export type OutletsQueryVariables = Exact<{
  first?: number;
  after?: string | null | undefined;
}>;


export type OutletsQuery = { outlets: { edges: Array<{ node: { id: string, name: string, city: string | null, currency: string, timeZone: string, cutOff: string, brand: { id: string, name: string } | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null };

export type PayOrderMutationVariables = Exact<{
  input: PayOrderInput;
}>;


export type PayOrderMutation = { payOrder: { payment: { id: string, amount: { amount: string, currency: string } } | null, order: { id: string, paymentState: PaymentState, due: { amount: string, currency: string } } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null }> } };

export type PlaceOrderMutationVariables = Exact<{
  input: PlaceOrderInput;
}>;


export type PlaceOrderMutation = { placeOrder: { order: { id: string, number: number, status: OrderStatus, total: { amount: string, currency: string }, lines: Array<{ name: string, quantity: number }> } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null }> } };

export type ReleaseTableMutationVariables = Exact<{
  input: ReleaseTableInput;
}>;


export type ReleaseTableMutation = { releaseTable: { seating: { id: string, releasedAt: string | null } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null }> } };

export type ReportJobsQueryVariables = Exact<{
  outletId: string | number;
  first?: number;
  after?: string | null | undefined;
}>;


export type ReportJobsQuery = { reportJobs: { edges: Array<{ node: { id: string, type: ReportType, range: string, state: ReportState, progressPercent: number, requestedAt: string, finishedAt: string | null, file: { fileName: string, sizeBytes: number, url: string, expiresAt: string, total: { amount: string, currency: string } } | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null };

export type ReportProgressSubscriptionVariables = Exact<{
  reportJobId: string | number;
  since?: string | null | undefined;
}>;


export type ReportProgressSubscription = { reportProgress: { cursor: string, at: string, reportJob: { id: string, state: ReportState, progressPercent: number, file: { url: string } | null } | null } };

export type RequestReportMutationVariables = Exact<{
  input: RequestReportInput;
}>;


export type RequestReportMutation = { requestReport: { reportJob: { id: string, state: ReportState, progressPercent: number } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null }> } };

export type SalesOfDayQueryVariables = Exact<{
  outletId: string | number;
  businessDay?: string | null | undefined;
}>;


export type SalesOfDayQuery = { dashboard: { businessDay: string, ordersPlaced: number, ordersCompleted: number, covers: number, sales: { amount: string, currency: string }, paid: { amount: string, currency: string } } | null };

export type SeatPartyMutationVariables = Exact<{
  input: SeatPartyInput;
}>;


export type SeatPartyMutation = { seatParty: { seating: { id: string, covers: number, table: { label: string } | null } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null }> } };

export type SignInMutationVariables = Exact<{
  input: LoginInput;
}>;


export type SignInMutation = { login: { accessToken: string | null, refreshToken: string | null, user: { id: string, profile: { name: string } | null } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null }> } };

export type StartOrderMutationVariables = Exact<{
  input: StartOrderInput;
}>;


export type StartOrderMutation = { startOrder: { order: { id: string, number: number, status: OrderStatus } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null }> } };

export type StockLevelsQueryVariables = Exact<{
  outletId: string | number;
  first?: number;
  after?: string | null | undefined;
}>;


export type StockLevelsQuery = { inventoryItems: { edges: Array<{ node: { id: string, sku: string, name: string, unit: StockUnit, onHand: string | null, stockState: StockState | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null };

export type TablesQueryVariables = Exact<{
  outletId: string | number;
  first?: number;
}>;


export type TablesQuery = { serviceNodes: { edges: Array<{ node: { id: string, label: string, seats: number, currentSeating: { id: string, covers: number, seatedAt: string } | null } }> } | null };

export type WhoAmIQueryVariables = Exact<{ [key: string]: never; }>;


export type WhoAmIQuery = { me: { id: string, email: string, profile: { name: string, phone: string | null } | null, memberships: Array<{ id: string, role: RoleCode | null }> } | null };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}

export const CompleteOrderDocument = new TypedDocumentString(`
    mutation CompleteOrder($input: CompleteOrderInput!) {
  completeOrder(input: $input) {
    order {
      id
      number
      status
    }
    userErrors {
      code
      message
      field
    }
  }
}
    `, {"documentId":"sha256:4c27d5b075a7783d18b3b460373e9a5e0be46d14fff8948ba41e096da7d2eacf"}) as unknown as TypedDocumentString<CompleteOrderMutation, CompleteOrderMutationVariables>;
export const DashboardDocument = new TypedDocumentString(`
    query Dashboard($outletId: ID!, $businessDay: LocalDate) {
  dashboard(outletId: $outletId, businessDay: $businessDay) {
    businessDay
    sales {
      amount
      currency
    }
    salesLastWeek {
      amount
      currency
    }
    averageOrder {
      amount
      currency
    }
    ordersPlaced
    ordersOpen
    ordersCompleted
    covers
    topItems {
      name
      quantity
      sales {
        amount
        currency
      }
    }
    salesByHour {
      hour
      orders
      sales {
        amount
        currency
      }
    }
  }
}
    `, {"documentId":"sha256:b6e8e61bd08da8932cc8362e26d58124f2f66e436c737b03548ad0933b5c9017"}) as unknown as TypedDocumentString<DashboardQuery, DashboardQueryVariables>;
export const KitchenQueueDocument = new TypedDocumentString(`
    query KitchenQueue($outletId: ID!) {
  kitchenQueue(outletId: $outletId) {
    id
    number
    status
    placedAt
    table {
      label
    }
    lines {
      name
      quantity
      note
    }
  }
}
    `, {"documentId":"sha256:6457a354e1a8bc6636965d9126b6777c0b830bbdfb662afcb8be1388508f8875"}) as unknown as TypedDocumentString<KitchenQueueQuery, KitchenQueueQueryVariables>;
export const LiveOrdersDocument = new TypedDocumentString(`
    subscription LiveOrders($outletId: ID!, $since: String) {
  orderStatusChanged(outletId: $outletId, since: $since) {
    cursor
    at
    status
    order {
      id
      number
      status
      covers
      table {
        label
      }
      seating {
        covers
      }
      lines {
        name
        quantity
        menuItem {
          name
        }
      }
    }
  }
}
    `, {"documentId":"sha256:b01e0614400ce16023fad97593c46e9da800660fceff998034aa785f68d4c988"}) as unknown as TypedDocumentString<LiveOrdersSubscription, LiveOrdersSubscriptionVariables>;
export const MarkOrderReadyDocument = new TypedDocumentString(`
    mutation MarkOrderReady($input: MarkOrderReadyInput!) {
  markOrderReady(input: $input) {
    order {
      id
      number
      status
    }
    userErrors {
      code
      message
      field
    }
  }
}
    `, {"documentId":"sha256:19a77a4795bc5df4bd51312985adbf36c04f9a17596f7942c7e3e8bfc0efbb06"}) as unknown as TypedDocumentString<MarkOrderReadyMutation, MarkOrderReadyMutationVariables>;
export const MenuDocument = new TypedDocumentString(`
    query Menu($outletId: ID!) {
  menu(outletId: $outletId) {
    categories {
      id
      name
      items {
        id
        name
        description
        diets
        price(outletId: $outletId) {
          amount
          currency
        }
        isAvailable(outletId: $outletId)
      }
    }
  }
}
    `, {"documentId":"sha256:549a0d73a1c17e01ca4e945494d4c9842857994c76dbcb6944f3b9e9b8f06d97"}) as unknown as TypedDocumentString<MenuQuery, MenuQueryVariables>;
export const OpenOrdersDocument = new TypedDocumentString(`
    query OpenOrders($outletId: ID!, $first: Int! = 25, $after: String) {
  orders(
    outletId: $outletId
    status: [PENDING, QUEUED, PREPARING, READY]
    first: $first
    after: $after
  ) {
    edges {
      node {
        id
        number
        status
        fulfilmentType
        placedAt
        total {
          amount
          currency
        }
        lines {
          name
          quantity
        }
        table {
          label
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `, {"documentId":"sha256:75fd2470bdc02abd9e4e582a9fb5a26965e7961f60775bafbfea7c00acb2964e"}) as unknown as TypedDocumentString<OpenOrdersQuery, OpenOrdersQueryVariables>;
export const OutletsDocument = new TypedDocumentString(`
    query Outlets($first: Int! = 25, $after: String) {
  outlets(first: $first, after: $after) {
    edges {
      node {
        id
        name
        city
        currency
        timeZone
        cutOff
        brand {
          id
          name
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `, {"documentId":"sha256:f84e9e75cb9f0bc834ebcaad601bf196f1c99c0ce8b460baf15ca9911700d130"}) as unknown as TypedDocumentString<OutletsQuery, OutletsQueryVariables>;
export const PayOrderDocument = new TypedDocumentString(`
    mutation PayOrder($input: PayOrderInput!) {
  payOrder(input: $input) {
    payment {
      id
      amount {
        amount
        currency
      }
    }
    order {
      id
      paymentState
      due {
        amount
        currency
      }
    }
    userErrors {
      code
      message
      field
    }
  }
}
    `, {"documentId":"sha256:f61a222a55bddcb0c21f5ae91217e847d73089ed7249d69bf592006086e76b69"}) as unknown as TypedDocumentString<PayOrderMutation, PayOrderMutationVariables>;
export const PlaceOrderDocument = new TypedDocumentString(`
    mutation PlaceOrder($input: PlaceOrderInput!) {
  placeOrder(input: $input) {
    order {
      id
      number
      status
      total {
        amount
        currency
      }
      lines {
        name
        quantity
      }
    }
    userErrors {
      code
      message
      field
    }
  }
}
    `, {"documentId":"sha256:07634a65dc4cbabc264e17921dc0e1369a5c5575d7159f2369086b95919da21d"}) as unknown as TypedDocumentString<PlaceOrderMutation, PlaceOrderMutationVariables>;
export const ReleaseTableDocument = new TypedDocumentString(`
    mutation ReleaseTable($input: ReleaseTableInput!) {
  releaseTable(input: $input) {
    seating {
      id
      releasedAt
    }
    userErrors {
      code
      message
      field
    }
  }
}
    `, {"documentId":"sha256:c14ca77603936523c121ca4a59f355267ba946b56ee66fb0952510b1e13a0aa3"}) as unknown as TypedDocumentString<ReleaseTableMutation, ReleaseTableMutationVariables>;
export const ReportJobsDocument = new TypedDocumentString(`
    query ReportJobs($outletId: ID!, $first: Int! = 25, $after: String) {
  reportJobs(outletId: $outletId, first: $first, after: $after) {
    edges {
      node {
        id
        type
        range
        state
        progressPercent
        requestedAt
        finishedAt
        file {
          fileName
          sizeBytes
          url
          expiresAt
          total {
            amount
            currency
          }
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `, {"documentId":"sha256:a0ffbb46a990e1787f864d197dbb2b97e363d2e8bbbfed52597c1621180d88ff"}) as unknown as TypedDocumentString<ReportJobsQuery, ReportJobsQueryVariables>;
export const ReportProgressDocument = new TypedDocumentString(`
    subscription ReportProgress($reportJobId: ID!, $since: String) {
  reportProgress(reportJobId: $reportJobId, since: $since) {
    cursor
    at
    reportJob {
      id
      state
      progressPercent
      file {
        url
      }
    }
  }
}
    `, {"documentId":"sha256:2588e80bd869831082afd7fbca0b964b64ef7b3f73f7c38313ea1966e874a124"}) as unknown as TypedDocumentString<ReportProgressSubscription, ReportProgressSubscriptionVariables>;
export const RequestReportDocument = new TypedDocumentString(`
    mutation RequestReport($input: RequestReportInput!) {
  requestReport(input: $input) {
    reportJob {
      id
      state
      progressPercent
    }
    userErrors {
      code
      message
      field
    }
  }
}
    `, {"documentId":"sha256:2d9b4281da7a5b3a0a65315e659798780a6d0d4d0a3d8a3019db5b7b48349514"}) as unknown as TypedDocumentString<RequestReportMutation, RequestReportMutationVariables>;
export const SalesOfDayDocument = new TypedDocumentString(`
    query SalesOfDay($outletId: ID!, $businessDay: LocalDate) {
  dashboard(outletId: $outletId, businessDay: $businessDay) {
    businessDay
    sales {
      amount
      currency
    }
    paid {
      amount
      currency
    }
    ordersPlaced
    ordersCompleted
    covers
  }
}
    `, {"documentId":"sha256:5f0ac80e1d2333e86c42fed56153a5af5934bac1e998fe16212b605259981b30"}) as unknown as TypedDocumentString<SalesOfDayQuery, SalesOfDayQueryVariables>;
export const SeatPartyDocument = new TypedDocumentString(`
    mutation SeatParty($input: SeatPartyInput!) {
  seatParty(input: $input) {
    seating {
      id
      covers
      table {
        label
      }
    }
    userErrors {
      code
      message
      field
    }
  }
}
    `, {"documentId":"sha256:6bf6bd52435f28ecfca70f66943b68720550b02247bf51a870d71a882fd0065f"}) as unknown as TypedDocumentString<SeatPartyMutation, SeatPartyMutationVariables>;
export const SignInDocument = new TypedDocumentString(`
    mutation SignIn($input: LoginInput!) {
  login(input: $input) {
    accessToken
    refreshToken
    user {
      id
      profile {
        name
      }
    }
    userErrors {
      code
      message
      field
    }
  }
}
    `, {"documentId":"sha256:30476a95f546a95f646ea8c0c8ad4759d95344388545f0199e63c9a96e26ffae"}) as unknown as TypedDocumentString<SignInMutation, SignInMutationVariables>;
export const StartOrderDocument = new TypedDocumentString(`
    mutation StartOrder($input: StartOrderInput!) {
  startOrder(input: $input) {
    order {
      id
      number
      status
    }
    userErrors {
      code
      message
      field
    }
  }
}
    `, {"documentId":"sha256:3d243b40252d64257b1902520b4cbd9cb3950320342a050a03d405b7ae84bf2d"}) as unknown as TypedDocumentString<StartOrderMutation, StartOrderMutationVariables>;
export const StockLevelsDocument = new TypedDocumentString(`
    query StockLevels($outletId: ID!, $first: Int! = 25, $after: String) {
  inventoryItems(outletId: $outletId, first: $first, after: $after) {
    edges {
      node {
        id
        sku
        name
        unit
        onHand(outletId: $outletId)
        stockState(outletId: $outletId)
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `, {"documentId":"sha256:663e161e1a73ccc252e6c3dc31cd2fc7e2c4fd0298807c2ca689279f5b482dde"}) as unknown as TypedDocumentString<StockLevelsQuery, StockLevelsQueryVariables>;
export const TablesDocument = new TypedDocumentString(`
    query Tables($outletId: ID!, $first: Int! = 100) {
  serviceNodes(outletId: $outletId, kind: TABLE, first: $first) {
    edges {
      node {
        id
        label
        seats
        currentSeating {
          id
          covers
          seatedAt
        }
      }
    }
  }
}
    `, {"documentId":"sha256:4d349292e2a394eca21f45b9c32dce1da62a8a62811fcaf9783b8ab907ee0340"}) as unknown as TypedDocumentString<TablesQuery, TablesQueryVariables>;
export const WhoAmIDocument = new TypedDocumentString(`
    query WhoAmI {
  me {
    id
    email
    profile {
      name
      phone
    }
    memberships {
      id
      role
    }
  }
}
    `, {"documentId":"sha256:189b9debd1806bcf8c7d3b207a74dcc0f9427a2685fdd9fb591bce1cd7af3cf0"}) as unknown as TypedDocumentString<WhoAmIQuery, WhoAmIQueryVariables>;