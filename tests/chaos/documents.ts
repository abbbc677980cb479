// What the people of the load send. One root field each, so that an answer says one thing.

const errors = 'userErrors { code message }';
const order = 'id status version total { amount currency } paid { amount }';

export const LOGIN = `mutation ($input: LoginInput!) { login(input: $input) { accessToken refreshToken ${errors} } }`;
export const REFRESH = `mutation ($input: RefreshTokenInput!) { refreshToken(input: $input) { accessToken refreshToken ${errors} } }`;
export const PLACE = `mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { order { ${order} lines { quantity } } ${errors} } }`;
export const PAY = `mutation ($input: PayOrderInput!) { payOrder(input: $input) { payment { id amount { amount } } ${errors} } }`;
export const SEAT = `mutation ($input: SeatPartyInput!) { seatParty(input: $input) { seating { id } ${errors} } }`;
export const RELEASE = `mutation ($input: ReleaseTableInput!) { releaseTable(input: $input) { seating { id } ${errors} } }`;
export const RECEIVE = `mutation ($input: ReceiveStockInput!) { receiveStock(input: $input) { movements { id quantity } ${errors} } }`;
export const ADJUST = `mutation ($input: AdjustStockInput!) { adjustStock(input: $input) { movements { id quantity } ${errors} } }`;
export const REPORT = `mutation ($input: RequestReportInput!) { requestReport(input: $input) { reportJob { id } ${errors} } }`;

const step = (field: string) => {
  const input = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
  return `mutation ($input: ${input}!) { ${field}(input: $input) { order { ${order} } ${errors} } }`;
};

/** The mutations that bring an order to a status. */
export const STEPS = {
  QUEUED: step('acceptOrder'),
  PREPARING: step('startOrder'),
  READY: step('markOrderReady'),
  COMPLETED: step('completeOrder'),
  CANCELLED: step('cancelOrder'),
} as const;

export const ORDER = `query ($id: ID!) { order(id: $id) { ${order} payments { id } } }`;
export const TABLE = `query ($id: ID!) { serviceNode(id: $id) { currentSeating { id } } }`;
export const MOVEMENTS = `query ($outletId: ID!, $itemId: ID!) { stockMovements(outletId: $outletId, itemId: $itemId, first: 50) { edges { node { id } } } }`;
export const REPORT_STATE = `query ($id: ID!) { reportJob(id: $id) { state file { url } } }`;

export const HOUSE = `query ($outletId: ID!) {
  menu(outletId: $outletId) { categories { items { id price(outletId: $outletId) { amount currency } isAvailable(outletId: $outletId) } } }
  serviceNodes(outletId: $outletId, kind: TABLE, first: 100) { edges { node { id currentSeating { id } } } }
  inventoryItems(outletId: $outletId, first: 100) { edges { node { id unit } } }
}`;

export const LIVE = `subscription ($outletId: ID!, $since: String) {
  orderStatusChanged(outletId: $outletId, since: $since) { cursor status order { id table { label } } } }`;
