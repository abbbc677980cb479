/* eslint-disable */
import * as types from './graphql.js';



/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "mutation CompleteOrder($input: CompleteOrderInput!) {\n  completeOrder(input: $input) {\n    order {\n      id\n      number\n      status\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n  }\n}": typeof types.CompleteOrderDocument,
    "query Dashboard($outletId: ID!, $businessDay: LocalDate) {\n  dashboard(outletId: $outletId, businessDay: $businessDay) {\n    businessDay\n    sales {\n      amount\n      currency\n    }\n    salesLastWeek {\n      amount\n      currency\n    }\n    averageOrder {\n      amount\n      currency\n    }\n    ordersPlaced\n    ordersOpen\n    ordersCompleted\n    covers\n    topItems {\n      name\n      quantity\n      sales {\n        amount\n        currency\n      }\n    }\n    salesByHour {\n      hour\n      orders\n      sales {\n        amount\n        currency\n      }\n    }\n  }\n}": typeof types.DashboardDocument,
    "query KitchenQueue($outletId: ID!) {\n  kitchenQueue(outletId: $outletId) {\n    id\n    number\n    status\n    placedAt\n    table {\n      label\n    }\n    lines {\n      name\n      quantity\n      note\n    }\n  }\n}": typeof types.KitchenQueueDocument,
    "subscription LiveOrders($outletId: ID!, $since: String) {\n  orderStatusChanged(outletId: $outletId, since: $since) {\n    cursor\n    at\n    status\n    order {\n      id\n      number\n      status\n      covers\n      table {\n        label\n      }\n      seating {\n        covers\n      }\n      lines {\n        name\n        quantity\n        menuItem {\n          name\n        }\n      }\n    }\n  }\n}": typeof types.LiveOrdersDocument,
    "mutation MarkOrderReady($input: MarkOrderReadyInput!) {\n  markOrderReady(input: $input) {\n    order {\n      id\n      number\n      status\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n  }\n}": typeof types.MarkOrderReadyDocument,
    "query Menu($outletId: ID!) {\n  menu(outletId: $outletId) {\n    categories {\n      id\n      name\n      items {\n        id\n        name\n        description\n        diets\n        price(outletId: $outletId) {\n          amount\n          currency\n        }\n        isAvailable(outletId: $outletId)\n      }\n    }\n  }\n}": typeof types.MenuDocument,
    "query OpenOrders($outletId: ID!, $first: Int! = 25, $after: String) {\n  orders(\n    outletId: $outletId\n    status: [PENDING, QUEUED, PREPARING, READY]\n    first: $first\n    after: $after\n  ) {\n    edges {\n      node {\n        id\n        number\n        status\n        fulfilmentType\n        placedAt\n        total {\n          amount\n          currency\n        }\n        lines {\n          name\n          quantity\n        }\n        table {\n          label\n        }\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}": typeof types.OpenOrdersDocument,
    "query Outlets($first: Int! = 25, $after: String) {\n  outlets(first: $first, after: $after) {\n    edges {\n      node {\n        id\n        name\n        city\n        currency\n        timeZone\n        cutOff\n        brand {\n          id\n          name\n        }\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}": typeof types.OutletsDocument,
    "mutation PayOrder($input: PayOrderInput!) {\n  payOrder(input: $input) {\n    payment {\n      id\n      amount {\n        amount\n        currency\n      }\n    }\n    order {\n      id\n      paymentState\n      due {\n        amount\n        currency\n      }\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n  }\n}": typeof types.PayOrderDocument,
    "mutation PlaceOrder($input: PlaceOrderInput!) {\n  placeOrder(input: $input) {\n    order {\n      id\n      number\n      status\n      total {\n        amount\n        currency\n      }\n      lines {\n        name\n        quantity\n      }\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n  }\n}": typeof types.PlaceOrderDocument,
    "mutation ReleaseTable($input: ReleaseTableInput!) {\n  releaseTable(input: $input) {\n    seating {\n      id\n      releasedAt\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n  }\n}": typeof types.ReleaseTableDocument,
    "query ReportJobs($outletId: ID!, $first: Int! = 25, $after: String) {\n  reportJobs(outletId: $outletId, first: $first, after: $after) {\n    edges {\n      node {\n        id\n        type\n        range\n        state\n        progressPercent\n        requestedAt\n        finishedAt\n        file {\n          fileName\n          sizeBytes\n          url\n          expiresAt\n          total {\n            amount\n            currency\n          }\n        }\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}": typeof types.ReportJobsDocument,
    "subscription ReportProgress($reportJobId: ID!, $since: String) {\n  reportProgress(reportJobId: $reportJobId, since: $since) {\n    cursor\n    at\n    reportJob {\n      id\n      state\n      progressPercent\n      file {\n        url\n      }\n    }\n  }\n}": typeof types.ReportProgressDocument,
    "mutation RequestReport($input: RequestReportInput!) {\n  requestReport(input: $input) {\n    reportJob {\n      id\n      state\n      progressPercent\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n  }\n}": typeof types.RequestReportDocument,
    "query SalesOfDay($outletId: ID!, $businessDay: LocalDate) {\n  dashboard(outletId: $outletId, businessDay: $businessDay) {\n    businessDay\n    sales {\n      amount\n      currency\n    }\n    paid {\n      amount\n      currency\n    }\n    ordersPlaced\n    ordersCompleted\n    covers\n  }\n}": typeof types.SalesOfDayDocument,
    "mutation SeatParty($input: SeatPartyInput!) {\n  seatParty(input: $input) {\n    seating {\n      id\n      covers\n      table {\n        label\n      }\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n  }\n}": typeof types.SeatPartyDocument,
    "mutation SignIn($input: LoginInput!) {\n  login(input: $input) {\n    accessToken\n    refreshToken\n    user {\n      id\n      profile {\n        name\n      }\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n  }\n}": typeof types.SignInDocument,
    "mutation StartOrder($input: StartOrderInput!) {\n  startOrder(input: $input) {\n    order {\n      id\n      number\n      status\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n  }\n}": typeof types.StartOrderDocument,
    "query StockLevels($outletId: ID!, $first: Int! = 25, $after: String) {\n  inventoryItems(outletId: $outletId, first: $first, after: $after) {\n    edges {\n      node {\n        id\n        sku\n        name\n        unit\n        onHand(outletId: $outletId)\n        stockState(outletId: $outletId)\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}": typeof types.StockLevelsDocument,
    "query Tables($outletId: ID!, $first: Int! = 100) {\n  serviceNodes(outletId: $outletId, kind: TABLE, first: $first) {\n    edges {\n      node {\n        id\n        label\n        seats\n        currentSeating {\n          id\n          covers\n          seatedAt\n        }\n      }\n    }\n  }\n}": typeof types.TablesDocument,
    "query WhoAmI {\n  me {\n    id\n    email\n    profile {\n      name\n      phone\n    }\n    memberships {\n      id\n      role\n    }\n  }\n}": typeof types.WhoAmIDocument,
};
const documents: Documents = {
    "mutation CompleteOrder($input: CompleteOrderInput!) {\n  completeOrder(input: $input) {\n    order {\n      id\n      number\n      status\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n  }\n}": types.CompleteOrderDocument,
    "query Dashboard($outletId: ID!, $businessDay: LocalDate) {\n  dashboard(outletId: $outletId, businessDay: $businessDay) {\n    businessDay\n    sales {\n      amount\n      currency\n    }\n    salesLastWeek {\n      amount\n      currency\n    }\n    averageOrder {\n      amount\n      currency\n    }\n    ordersPlaced\n    ordersOpen\n    ordersCompleted\n    covers\n    topItems {\n      name\n      quantity\n      sales {\n        amount\n        currency\n      }\n    }\n    salesByHour {\n      hour\n      orders\n      sales {\n        amount\n        currency\n      }\n    }\n  }\n}": types.DashboardDocument,
    "query KitchenQueue($outletId: ID!) {\n  kitchenQueue(outletId: $outletId) {\n    id\n    number\n    status\n    placedAt\n    table {\n      label\n    }\n    lines {\n      name\n      quantity\n      note\n    }\n  }\n}": types.KitchenQueueDocument,
    "subscription LiveOrders($outletId: ID!, $since: String) {\n  orderStatusChanged(outletId: $outletId, since: $since) {\n    cursor\n    at\n    status\n    order {\n      id\n      number\n      status\n      covers\n      table {\n        label\n      }\n      seating {\n        covers\n      }\n      lines {\n        name\n        quantity\n        menuItem {\n          name\n        }\n      }\n    }\n  }\n}": types.LiveOrdersDocument,
    "mutation MarkOrderReady($input: MarkOrderReadyInput!) {\n  markOrderReady(input: $input) {\n    order {\n      id\n      number\n      status\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n  }\n}": types.MarkOrderReadyDocument,
    "query Menu($outletId: ID!) {\n  menu(outletId: $outletId) {\n    categories {\n      id\n      name\n      items {\n        id\n        name\n        description\n        diets\n        price(outletId: $outletId) {\n          amount\n          currency\n        }\n        isAvailable(outletId: $outletId)\n      }\n    }\n  }\n}": types.MenuDocument,
    "query OpenOrders($outletId: ID!, $first: Int! = 25, $after: String) {\n  orders(\n    outletId: $outletId\n    status: [PENDING, QUEUED, PREPARING, READY]\n    first: $first\n    after: $after\n  ) {\n    edges {\n      node {\n        id\n        number\n        status\n        fulfilmentType\n        placedAt\n        total {\n          amount\n          currency\n        }\n        lines {\n          name\n          quantity\n        }\n        table {\n          label\n        }\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}": types.OpenOrdersDocument,
    "query Outlets($first: Int! = 25, $after: String) {\n  outlets(first: $first, after: $after) {\n    edges {\n      node {\n        id\n        name\n        city\n        currency\n        timeZone\n        cutOff\n        brand {\n          id\n          name\n        }\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}": types.OutletsDocument,
    "mutation PayOrder($input: PayOrderInput!) {\n  payOrder(input: $input) {\n    payment {\n      id\n      amount {\n        amount\n        currency\n      }\n    }\n    order {\n      id\n      paymentState\n      due {\n        amount\n        currency\n      }\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n  }\n}": types.PayOrderDocument,
    "mutation PlaceOrder($input: PlaceOrderInput!) {\n  placeOrder(input: $input) {\n    order {\n      id\n      number\n      status\n      total {\n        amount\n        currency\n      }\n      lines {\n        name\n        quantity\n      }\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n  }\n}": types.PlaceOrderDocument,
    "mutation ReleaseTable($input: ReleaseTableInput!) {\n  releaseTable(input: $input) {\n    seating {\n      id\n      releasedAt\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n  }\n}": types.ReleaseTableDocument,
    "query ReportJobs($outletId: ID!, $first: Int! = 25, $after: String) {\n  reportJobs(outletId: $outletId, first: $first, after: $after) {\n    edges {\n      node {\n        id\n        type\n        range\n        state\n        progressPercent\n        requestedAt\n        finishedAt\n        file {\n          fileName\n          sizeBytes\n          url\n          expiresAt\n          total {\n            amount\n            currency\n          }\n        }\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}": types.ReportJobsDocument,
    "subscription ReportProgress($reportJobId: ID!, $since: String) {\n  reportProgress(reportJobId: $reportJobId, since: $since) {\n    cursor\n    at\n    reportJob {\n      id\n      state\n      progressPercent\n      file {\n        url\n      }\n    }\n  }\n}": types.ReportProgressDocument,
    "mutation RequestReport($input: RequestReportInput!) {\n  requestReport(input: $input) {\n    reportJob {\n      id\n      state\n      progressPercent\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n  }\n}": types.RequestReportDocument,
    "query SalesOfDay($outletId: ID!, $businessDay: LocalDate) {\n  dashboard(outletId: $outletId, businessDay: $businessDay) {\n    businessDay\n    sales {\n      amount\n      currency\n    }\n    paid {\n      amount\n      currency\n    }\n    ordersPlaced\n    ordersCompleted\n    covers\n  }\n}": types.SalesOfDayDocument,
    "mutation SeatParty($input: SeatPartyInput!) {\n  seatParty(input: $input) {\n    seating {\n      id\n      covers\n      table {\n        label\n      }\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n  }\n}": types.SeatPartyDocument,
    "mutation SignIn($input: LoginInput!) {\n  login(input: $input) {\n    accessToken\n    refreshToken\n    user {\n      id\n      profile {\n        name\n      }\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n  }\n}": types.SignInDocument,
    "mutation StartOrder($input: StartOrderInput!) {\n  startOrder(input: $input) {\n    order {\n      id\n      number\n      status\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n  }\n}": types.StartOrderDocument,
    "query StockLevels($outletId: ID!, $first: Int! = 25, $after: String) {\n  inventoryItems(outletId: $outletId, first: $first, after: $after) {\n    edges {\n      node {\n        id\n        sku\n        name\n        unit\n        onHand(outletId: $outletId)\n        stockState(outletId: $outletId)\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}": types.StockLevelsDocument,
    "query Tables($outletId: ID!, $first: Int! = 100) {\n  serviceNodes(outletId: $outletId, kind: TABLE, first: $first) {\n    edges {\n      node {\n        id\n        label\n        seats\n        currentSeating {\n          id\n          covers\n          seatedAt\n        }\n      }\n    }\n  }\n}": types.TablesDocument,
    "query WhoAmI {\n  me {\n    id\n    email\n    profile {\n      name\n      phone\n    }\n    memberships {\n      id\n      role\n    }\n  }\n}": types.WhoAmIDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation CompleteOrder($input: CompleteOrderInput!) {\n  completeOrder(input: $input) {\n    order {\n      id\n      number\n      status\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n  }\n}"): typeof import('./graphql.js').CompleteOrderDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Dashboard($outletId: ID!, $businessDay: LocalDate) {\n  dashboard(outletId: $outletId, businessDay: $businessDay) {\n    businessDay\n    sales {\n      amount\n      currency\n    }\n    salesLastWeek {\n      amount\n      currency\n    }\n    averageOrder {\n      amount\n      currency\n    }\n    ordersPlaced\n    ordersOpen\n    ordersCompleted\n    covers\n    topItems {\n      name\n      quantity\n      sales {\n        amount\n        currency\n      }\n    }\n    salesByHour {\n      hour\n      orders\n      sales {\n        amount\n        currency\n      }\n    }\n  }\n}"): typeof import('./graphql.js').DashboardDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query KitchenQueue($outletId: ID!) {\n  kitchenQueue(outletId: $outletId) {\n    id\n    number\n    status\n    placedAt\n    table {\n      label\n    }\n    lines {\n      name\n      quantity\n      note\n    }\n  }\n}"): typeof import('./graphql.js').KitchenQueueDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "subscription LiveOrders($outletId: ID!, $since: String) {\n  orderStatusChanged(outletId: $outletId, since: $since) {\n    cursor\n    at\n    status\n    order {\n      id\n      number\n      status\n      covers\n      table {\n        label\n      }\n      seating {\n        covers\n      }\n      lines {\n        name\n        quantity\n        menuItem {\n          name\n        }\n      }\n    }\n  }\n}"): typeof import('./graphql.js').LiveOrdersDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation MarkOrderReady($input: MarkOrderReadyInput!) {\n  markOrderReady(input: $input) {\n    order {\n      id\n      number\n      status\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n  }\n}"): typeof import('./graphql.js').MarkOrderReadyDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Menu($outletId: ID!) {\n  menu(outletId: $outletId) {\n    categories {\n      id\n      name\n      items {\n        id\n        name\n        description\n        diets\n        price(outletId: $outletId) {\n          amount\n          currency\n        }\n        isAvailable(outletId: $outletId)\n      }\n    }\n  }\n}"): typeof import('./graphql.js').MenuDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query OpenOrders($outletId: ID!, $first: Int! = 25, $after: String) {\n  orders(\n    outletId: $outletId\n    status: [PENDING, QUEUED, PREPARING, READY]\n    first: $first\n    after: $after\n  ) {\n    edges {\n      node {\n        id\n        number\n        status\n        fulfilmentType\n        placedAt\n        total {\n          amount\n          currency\n        }\n        lines {\n          name\n          quantity\n        }\n        table {\n          label\n        }\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}"): typeof import('./graphql.js').OpenOrdersDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Outlets($first: Int! = 25, $after: String) {\n  outlets(first: $first, after: $after) {\n    edges {\n      node {\n        id\n        name\n        city\n        currency\n        timeZone\n        cutOff\n        brand {\n          id\n          name\n        }\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}"): typeof import('./graphql.js').OutletsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation PayOrder($input: PayOrderInput!) {\n  payOrder(input: $input) {\n    payment {\n      id\n      amount {\n        amount\n        currency\n      }\n    }\n    order {\n      id\n      paymentState\n      due {\n        amount\n        currency\n      }\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n  }\n}"): typeof import('./graphql.js').PayOrderDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation PlaceOrder($input: PlaceOrderInput!) {\n  placeOrder(input: $input) {\n    order {\n      id\n      number\n      status\n      total {\n        amount\n        currency\n      }\n      lines {\n        name\n        quantity\n      }\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n  }\n}"): typeof import('./graphql.js').PlaceOrderDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation ReleaseTable($input: ReleaseTableInput!) {\n  releaseTable(input: $input) {\n    seating {\n      id\n      releasedAt\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n  }\n}"): typeof import('./graphql.js').ReleaseTableDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query ReportJobs($outletId: ID!, $first: Int! = 25, $after: String) {\n  reportJobs(outletId: $outletId, first: $first, after: $after) {\n    edges {\n      node {\n        id\n        type\n        range\n        state\n        progressPercent\n        requestedAt\n        finishedAt\n        file {\n          fileName\n          sizeBytes\n          url\n          expiresAt\n          total {\n            amount\n            currency\n          }\n        }\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}"): typeof import('./graphql.js').ReportJobsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "subscription ReportProgress($reportJobId: ID!, $since: String) {\n  reportProgress(reportJobId: $reportJobId, since: $since) {\n    cursor\n    at\n    reportJob {\n      id\n      state\n      progressPercent\n      file {\n        url\n      }\n    }\n  }\n}"): typeof import('./graphql.js').ReportProgressDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation RequestReport($input: RequestReportInput!) {\n  requestReport(input: $input) {\n    reportJob {\n      id\n      state\n      progressPercent\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n  }\n}"): typeof import('./graphql.js').RequestReportDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query SalesOfDay($outletId: ID!, $businessDay: LocalDate) {\n  dashboard(outletId: $outletId, businessDay: $businessDay) {\n    businessDay\n    sales {\n      amount\n      currency\n    }\n    paid {\n      amount\n      currency\n    }\n    ordersPlaced\n    ordersCompleted\n    covers\n  }\n}"): typeof import('./graphql.js').SalesOfDayDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation SeatParty($input: SeatPartyInput!) {\n  seatParty(input: $input) {\n    seating {\n      id\n      covers\n      table {\n        label\n      }\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n  }\n}"): typeof import('./graphql.js').SeatPartyDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation SignIn($input: LoginInput!) {\n  login(input: $input) {\n    accessToken\n    refreshToken\n    user {\n      id\n      profile {\n        name\n      }\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n  }\n}"): typeof import('./graphql.js').SignInDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation StartOrder($input: StartOrderInput!) {\n  startOrder(input: $input) {\n    order {\n      id\n      number\n      status\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n  }\n}"): typeof import('./graphql.js').StartOrderDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query StockLevels($outletId: ID!, $first: Int! = 25, $after: String) {\n  inventoryItems(outletId: $outletId, first: $first, after: $after) {\n    edges {\n      node {\n        id\n        sku\n        name\n        unit\n        onHand(outletId: $outletId)\n        stockState(outletId: $outletId)\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}"): typeof import('./graphql.js').StockLevelsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Tables($outletId: ID!, $first: Int! = 100) {\n  serviceNodes(outletId: $outletId, kind: TABLE, first: $first) {\n    edges {\n      node {\n        id\n        label\n        seats\n        currentSeating {\n          id\n          covers\n          seatedAt\n        }\n      }\n    }\n  }\n}"): typeof import('./graphql.js').TablesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query WhoAmI {\n  me {\n    id\n    email\n    profile {\n      name\n      phone\n    }\n    memberships {\n      id\n      role\n    }\n  }\n}"): typeof import('./graphql.js').WhoAmIDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
