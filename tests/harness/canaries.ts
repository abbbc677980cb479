import { randomBytes, randomInt } from 'node:crypto';

/** A text that stands for a secret or for something about a person, and would be recognised anywhere. */
export interface Canary {
  readonly of: string;
  readonly text: string;
  /** Secrets are told to nobody, not even to who sent them; what is OPEN may lie in a table of its own as it is. */
  readonly kind: 'SECRET' | 'SEALED' | 'OPEN';
}

const secrets = [
  'password',
  'newcomersPassword',
  'wrongPassword',
  'challengeResponse',
  'operatorPassword',
  'mailPassword',
];
const handedOut = ['accessToken', 'refreshToken', 'usedRefreshToken', 'apiKey'];
const sealed = [
  'name',
  'newName',
  'staffAddress',
  'emergencyContact',
  'dietaryNote',
  'addressLabel',
  'addressLine',
  'addressSecondLine',
  'addressCity',
  'addressPostalCode',
  'addressInstructions',
];
const open = [
  'username',
  'mistypedIdentifier',
  'deviceId',
  'orderNote',
  'lineNote',
  'idempotencyKey',
  'searchText',
  'position',
  'spoiltRow',
];

/** Canaries in the form that their fields ask for, others with each call. */
export function makeCanaries(): Record<string, string> {
  const texts = [...secrets, ...sealed, ...open].map((of) => [of, `Canary${randomBytes(5).toString('hex')}`]);
  const digits = () => `+4477${randomInt(10_000_000, 99_999_999)}`;
  const email = () => `canary${randomBytes(5).toString('hex')}@example.com`;
  return {
    ...Object.fromEntries(texts),
    email: email(),
    newcomersEmail: email(),
    newEmail: email(),
    phone: digits(),
    newPhone: digits(),
    addressPhone: digits(),
    searchedPhone: digits(),
    birthDate: `19${randomInt(10, 20)}-0${randomInt(1, 10)}-${randomInt(10, 29)}`,
  };
}

/** The canaries with what is known of them; whatever is not listed as secret or open is sealed. */
export function canariesOf(texts: Readonly<Record<string, string>>): Canary[] {
  return Object.entries(texts).map(([of, text]) => {
    if (secrets.includes(of) || handedOut.includes(of)) return { of, text, kind: 'SECRET' };
    return { of, text, kind: open.includes(of) ? 'OPEN' : 'SEALED' };
  });
}

/** A secret that the installation has, not its clients. */
export function secretCanary(of: string, text: string): Canary {
  return { of, text, kind: 'SECRET' };
}

/** Which canaries occur in a text, as they are or in the usual encodings. */
export function heardIn(text: string, canaries: readonly Canary[]): string[] {
  const lower = text.toLowerCase();
  return canaries.filter((canary) => formsOf(canary.text).some((form) => lower.includes(form))).map(({ of }) => of);
}

// A private key is told by a line of it.
function formsOf(text: string): string[] {
  const line = text.split('\n').find((each) => !each.startsWith('-----')) ?? text;
  const forms = [
    line,
    encodeURIComponent(line),
    JSON.stringify(line).slice(1, -1),
    ...[0, 1, 2].map((pad) => base64Of(line, pad)),
  ];
  return [...new Set(forms.map((form) => form.toLowerCase()))];
}

// Within a longer text in Base64, the letters depend on how many bytes stand before; those at the edges belong to neighbours too.
function base64Of(text: string, bytesBefore: number): string {
  const bytes = Buffer.concat([Buffer.alloc(bytesBefore), Buffer.from(text)]);
  return bytes.toString('base64').slice(Math.ceil((bytesBefore * 8) / 6), Math.floor((bytes.length * 8) / 6));
}
