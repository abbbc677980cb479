import { isIPv4, isIPv6, SocketAddress } from 'node:net';
import { comparisonKey } from '../domain/text.js';

const IPV6_GROUPS_OF_A_NETWORK = 4;

/** The key of a client's network address: an IPv4 address, or the /64 an IPv6 address lies in, because whoever has one address of it has all. */
export function addressKey(remoteAddress: string): string {
  const [address = ''] = remoteAddress.split('%');
  const embedded = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (embedded && isIPv4(embedded)) return `address:${embedded}`;
  return `address:${isIPv6(address) ? networkOf(address) : address}`;
}

/** The key of a name that somebody signs in or registers by; two spellings of one name are one key. */
export function identifierKey(identifier: string): string {
  return `identifier:${comparisonKey(identifier)}`;
}

// The system writes an address in its shortest form; missing groups are zeros.
function networkOf(address: string): string {
  const { address: shortest } = new SocketAddress({ address, family: 'ipv6' });
  const [head = '', tail] = shortest.split('::');
  const groups = head === '' ? [] : head.split(':');
  const behind = tail ? tail.split(':') : [];
  const zeros = tail === undefined ? 0 : 8 - groups.length - behind.length;
  const all = [...groups, ...Array.from({ length: zeros }, () => '0'), ...behind];
  return `${all.slice(0, IPV6_GROUPS_OF_A_NETWORK).join(':')}::/64`;
}
