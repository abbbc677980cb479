/** How somebody proved who they are when a session began. */
export const signInMethods = ['PASSWORD', 'SECOND_FACTOR', 'GOOGLE', 'DEVICE_KEY', 'PASSKEY'] as const;
export type SignInMethod = (typeof signInMethods)[number];

const MAXIMUM_LABEL = 60;

// The first that fits names it: every browser also names those it wants to be taken for.
const programs: readonly (readonly [RegExp, string])[] = [
  [/\bTwinEngine\b/i, 'TwinEngine app'],
  [/\bEdg(e|A|iOS)?\//, 'Edge'],
  [/\b(OPR|Opera)\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(Chrome|CriOS)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
  [/\b(okhttp|Expo|CFNetwork|Dart)\b/, 'App'],
  [/\b(node|undici|curl|python|PostmanRuntime|Java|Go-http-client)\b/i, 'Program'],
];
const systems: readonly (readonly [RegExp, string])[] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\b(Macintosh|Mac OS X|Darwin)\b/, 'Mac'],
  [/\bLinux\b/, 'Linux'],
];

/** What a person recognises a device by: kind of program and system, no versions, nothing that tells one phone from another. */
export function deviceLabelOf(userAgent: string): string {
  const nameIn = (names: typeof programs) => names.find(([pattern]) => pattern.test(userAgent))?.[1];
  const program = nameIn(programs);
  const system = nameIn(systems);
  if (program && system) return `${program} on ${system}`.slice(0, MAXIMUM_LABEL);
  return program ?? system ?? 'Unknown device';
}

/** Which of one's own sessions: all, or all but the one that asks. */
export const sessionSelections = ['ALL', 'OTHERS'] as const;
export type SessionSelection = (typeof sessionSelections)[number];

/** What is known of a family of refresh tokens. */
export interface FamilyState {
  readonly generation: number;
  readonly deviceId: string | null;
  readonly agentKey: string;
  readonly lastUsedAt: Date;
}

/** A genuine token, and who shows it. */
export interface Presentation {
  readonly generation: number;
  readonly deviceId: string | null;
  readonly agentKey: string;
}

/** What a genuine refresh token of an open session gets: the next pair, the last pair again because its reply was lost, or the end of the session. */
export function exchangeOf(
  family: FamilyState,
  shown: Presentation,
  { now, graceMs }: { now: Date; graceMs: number },
): 'NEXT' | 'AGAIN' | 'STOLEN' {
  if (family.deviceId !== null && family.deviceId !== shown.deviceId) return 'STOLEN';
  if (shown.generation === family.generation) return 'NEXT';
  const isPredecessor = shown.generation === family.generation - 1;
  const isInGrace = now.getTime() - family.lastUsedAt.getTime() < graceMs;
  return isPredecessor && isInGrace && shown.agentKey === family.agentKey ? 'AGAIN' : 'STOLEN';
}
