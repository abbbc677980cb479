import { isIP } from 'node:net';

/** The proxies before the gateway: how many each request passes, or the networks they are in. */
export type TrustedProxies = number | readonly string[];

/** What TRUSTED_PROXIES must look like. */
export const TRUSTED_PROXIES_FORM =
  'must be a number of proxies, such as 1, or their networks, such as 10.0.0.0/8,fd00::/8';

const MOST_PROXIES = 10;

/** Reads TRUSTED_PROXIES; null when it is malformed. */
export function parseTrustedProxies(text: string): TrustedProxies | null {
  if (/^\d+$/.test(text)) return Number(text) <= MOST_PROXIES ? Number(text) : null;
  const networks = text.split(',').map((part) => part.trim());
  return networks.every(isNetwork) ? networks : null;
}

function isNetwork(text: string): boolean {
  const [address = '', length, ...rest] = text.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  return length === undefined || (/^\d{1,3}$/.test(length) && Number(length) <= (version === 4 ? 32 : 128));
}
