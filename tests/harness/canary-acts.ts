import { change } from './change.js';
import { clientOf, type TestClient } from './client.js';
import type { ProductProcess } from './process.js';
import { openSocket } from './socket.js';

/** What the acts are done with; every request comes from another address, so that none is one too many. */
export interface Stage {
  readonly product: ProductProcess;
  /** What stands for what, by name; tokens and keys that the product hands out are added. */
  readonly texts: Record<string, string>;
  /** What callers were told when something went wrong. */
  readonly refusals: string[];
  /** What anybody was told in errors while rows and tables were spoilt. */
  readonly told: string[];
  /** People who work at the brand, and the owner of another. */
  readonly staff: Readonly<Record<'owner' | 'waiter' | 'stranger', TestClient>>;
}

let addresses = 0;

/** Somebody who comes from an address of their own at every request. */
export function somebody({ product: { url } }: Stage, tokens = { accessToken: '', refreshToken: '' }): TestClient {
  const client = clientOf(url, tokens);
  return {
    ...client,
    ask: (query, variables, headers) => {
      addresses += 1;
      const address = `198.51.${addresses >> 8}.${addresses & 255}`;
      return client.ask(query, variables, { 'x-forwarded-for': address, ...headers });
    },
  };
}

const usual = { fulfilmentType: 'PICKUP', channel: 'POS' };

/** Everything about people is told as it should be; tokens and keys are handed out. */
export async function tellAll(stage: Stage): Promise<void> {
  const { product, texts } = stage;
  const [brand] = product.demo().brands;
  const nobody = somebody(stage);
  const { email, username, name, phone, password, deviceId } = texts;
  await change(nobody, 'register', {
    facts: { email, username, name, phone, password, brandId: brand?.id },
    shows: 'user { id email profile { name phone } }',
  });
  const signedIn = await change(nobody, 'login', {
    facts: { identifier: email, password, deviceId },
    shows: 'accessToken refreshToken user { id }',
  });
  const refreshed = await change(nobody, 'refreshToken', {
    facts: { refreshToken: signedIn['refreshToken'], deviceId },
    shows: 'accessToken refreshToken',
  });
  Object.assign(texts, {
    usedRefreshToken: signedIn['refreshToken'],
    accessToken: refreshed['accessToken'],
    refreshToken: refreshed['refreshToken'],
  });
  await tellOfGuest(guestOf(stage), texts, String(brand?.id));
  await tellOfStaff(stage);
  await order(stage);
}

/** The guest whom everything is about. */
export function guestOf(stage: Stage): TestClient {
  const { accessToken = '', refreshToken = '' } = stage.texts;
  return somebody(stage, { accessToken, refreshToken });
}

async function tellOfGuest(guest: TestClient, texts: Stage['texts'], brandId: string): Promise<void> {
  const address = {
    label: texts['addressLabel'],
    line1: texts['addressLine'],
    line2: texts['addressSecondLine'],
    city: texts['addressCity'],
    postalCode: texts['addressPostalCode'],
    country: 'IN',
    phone: texts['addressPhone'],
    instructions: texts['addressInstructions'],
  };
  await change(guest, 'saveCustomerProfile', {
    facts: { brandId, dietaryNote: texts['dietaryNote'], allergens: ['PEANUTS'], deliveryAddresses: [address] },
    shows: 'customerProfile { dietaryNote deliveryAddresses { line1 } }',
  });
  await change(guest, 'updateMe', {
    facts: {
      name: texts['newName'],
      phone: texts['newPhone'],
      emailChange: { email: texts['newEmail'], currentPassword: texts['password'] },
    },
    shows: 'user { profile { name } }',
  });
}

async function tellOfStaff({ product, texts, staff: { owner } }: Stage): Promise<void> {
  const [brand] = product.demo().brands;
  const place = { brandId: brand?.id, outletId: brand?.outlets[0]?.id };
  const { newcomersEmail: email, newcomersPassword: password, name } = texts;
  const { user } = await change(owner, 'createUser', {
    facts: { email, password, name, role: 'WAITER', ...place },
    shows: 'user { id email }',
  });
  const { position, staffAddress, emergencyContact, birthDate } = texts;
  await change(owner, 'saveStaffProfile', {
    facts: { userId: user.id, outletId: place.outletId, position, address: staffAddress, emergencyContact, birthDate },
    shows: 'staffProfile { address birthDate }',
  });
  const key = { brandId: brand?.id, name: 'Canaries', documentIds: [] };
  texts['apiKey'] = (await change(owner, 'createApiClient', { facts: key, shows: 'apiKey' }))['apiKey'];
  const search =
    'query ($brandId: ID!, $text: String) { customers(brandId: $brandId, filter: { text: $text }) { edges { node { id } } } }';
  for (const text of [texts['searchText'], texts['searchedPhone']])
    await owner.ask(search, { brandId: brand?.id, text });
}

async function order({ product, texts, staff: { waiter } }: Stage): Promise<void> {
  const [brand] = product.demo().brands;
  const outletId = brand?.outlets[0]?.id;
  const menu = await waiter.ask('query ($id: ID!) { menu(outletId: $id) { categories { items { id } } } }', {
    id: outletId,
  });
  const menuItemId = menu.body.data?.['menu'].categories[0].items[0].id;
  const { orderNote: note, lineNote, idempotencyKey } = texts;
  const lines = [{ menuItemId, quantity: 1, note: lineNote }];
  await change(waiter, 'placeOrder', {
    facts: { outletId, ...usual, note, lines, idempotencyKey },
    shows: 'order { id }',
  });
}

/** What the rules refuse: guesses, names that are taken, tokens that are used up. */
export async function beRefused(stage: Stage): Promise<void> {
  const { texts } = stage;
  const { email, username, name, password, wrongPassword, mistypedIdentifier, challengeResponse } = texts;
  const attempts: [string, object][] = [
    ['login', { identifier: mistypedIdentifier, password: wrongPassword, challengeResponse }],
    ['login', { identifier: email, password: wrongPassword }],
    ['register', { email, name, password }],
    ['register', { email: `x${email}`, username, name, password }],
    ['register', { email: `y${email}`, name, password: name }],
    ['register', { email: `z${email}`, name: `${name}\u0000`, password }],
    ['register', { email: `w${email}`, name, password, phone: password }],
    ['refreshToken', { refreshToken: `${texts['refreshToken']}x` }],
  ];
  for (const [mutation, input] of attempts) await attempt(stage, mutation, input);
}

/** Tries something as nobody, and keeps what they are told. */
export async function attempt(stage: Stage, mutation: string, input: object): Promise<void> {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${mutation}(input: $input) { userErrors { code message field } } }`;
  stage.refusals.push(JSON.stringify((await somebody(stage).ask(query, { input })).body));
}

/** Every text in places where it does not belong, over HTTP and by socket. */
export async function misplaceAll({ product: { url }, texts, refusals }: Stage): Promise<void> {
  for (const text of Object.values(texts)) {
    for (const [path, init] of misplaced(text)) {
      const response = await fetch(`${url}${path}`, { redirect: 'manual', ...init });
      const answer = await response.text();
      // A registered text may be right here or there, as an access token is in its header.
      if (response.status >= 300 || answer.includes('rrors":[{')) refusals.push(answer);
    }
    const socket = openSocket(url, { authorization: `Bearer ${text}` });
    const told = await socket.ask({ query: '{ health }' }).catch((reason: unknown) => reason);
    refusals.push(JSON.stringify(told) ?? String(told));
    await socket.close();
  }
  const socket = openSocket(url);
  for (const text of Object.values(texts))
    refusals.push(JSON.stringify(await socket.ask({ query: LOGIN, variables: { input: { password: text } } })));
  await socket.close();
}

const LOGIN = 'mutation ($input: LoginInput!) { login(input: $input) { accessToken } }';
const REGISTER =
  'mutation ($input: RegisterInput!) { register(input: $input) { user { id } userErrors { code message } } }';

function misplaced(text: string): [string, RequestInit][] {
  const quoted = JSON.stringify(text);
  const documents = [
    `mutation { login(input: ${quoted}) { accessToken } }`,
    `mutation { login(input: { password: ${quoted} }) { accessToken } }`,
    `mutation { login(input: { identifier: 1, password: ${quoted}, code: ${quoted} }) { accessToken } }`,
    `mutation { login(input: { password: ${quoted} ${quoted} }) { accessToken } }`,
    `mutation { createUser(input: { role: ${quoted}, email: ${quoted} }) { user { id } } }`,
    `mutation { login(input: { password: "${text}`,
  ];
  const inputs = [
    text,
    { password: text },
    { identifier: { text }, password: [text] },
    { identifier: 'a', password: text, deviceId: [text] },
  ];
  const bodies: object[] = [
    ...documents.map((query) => ({ query })),
    ...inputs.map((input) => ({ query: LOGIN, variables: { input } })),
    { query: REGISTER, variables: { input: { email: text, name: text, password: text } } },
    { query: LOGIN, variables: text },
    { query: LOGIN, operationName: text },
    { query: { text } },
    { documentId: text },
    { query: '{ health }', extensions: text },
  ];
  const path = encodeURIComponent(text.slice(0, 500));
  const headerText = text.replaceAll('\n', '');
  return [
    ...bodies.map((body): [string, RequestInit] => ['/graphql', posted(JSON.stringify(body))]),
    ['/graphql', posted(`{ "query": ${quoted}`)],
    ['/graphql', { method: 'POST', body: text }],
    [`/graphql?query=${path}`, {}],
    [`/graphql?documentId=${path}&variables=${path}`, {}],
    [`/graphql/${path}`, {}],
    [`/files/${path}?signature=${path}`, {}],
    [`/${path}`, {}],
    ['/graphql', posted('{"query":"{ me { id } }"}', { authorization: `Bearer ${headerText}` })],
    ['/graphql', posted('{"query":"{ me { id } }"}', { authorization: headerText, cookie: headerText })],
    ['/graphql', posted('{"query":"{ health }"}', { 'x-api-key': headerText })],
  ];
}

function posted(body: string, headers: Record<string, string> = {}): RequestInit {
  return { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } };
}
