import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import type { TrustedProxies } from '../platform/process/trusted-proxies.js';
import { clientAddressBehind } from './client-address.js';

function addressOf(trusted: TrustedProxies, remoteAddress: string, forwardedFor?: string): string {
  const message = new IncomingMessage(Object.defineProperty(new Socket(), 'remoteAddress', { value: remoteAddress }));
  if (forwardedFor !== undefined) message.headers['x-forwarded-for'] = forwardedFor;
  return clientAddressBehind(trusted)(message);
}

const networks = ['10.0.0.0/8', '192.0.2.7', 'fd00::/8'];

// What is trusted, the socket's address, the header, and whose request it is.
const cases: [string, TrustedProxies, string, string | undefined, string][] = [
  ['ignores the header where nobody is trusted', 0, '203.0.113.9', '198.51.100.1', '203.0.113.9'],
  ['takes the socket where a proxy sent no header', 1, '10.0.0.1', undefined, '10.0.0.1'],
  ['takes the socket where the header is empty', 1, '10.0.0.1', '', '10.0.0.1'],
  ['takes whom the one proxy was called by', 1, '10.0.0.1', '198.51.100.1', '198.51.100.1'],
  ['leaves what a client wrote before it alone', 1, '10.0.0.1', '1.2.3.4, 198.51.100.1', '198.51.100.1'],
  ['passes two proxies', 2, '10.0.0.1', '1.2.3.4, 198.51.100.1, 10.0.0.2', '198.51.100.1'],
  ['goes no further than there are entries', 3, '10.0.0.1', '198.51.100.1', '198.51.100.1'],
  ['passes the proxies of its networks', networks, '10.0.0.1', '1.2.3.4, 198.51.100.1, 192.0.2.7', '198.51.100.1'],
  ['ignores the header of a socket outside them', networks, '203.0.113.9', '198.51.100.1', '203.0.113.9'],
  ['passes proxies of IPv6', networks, 'fd00::1', '2001:db8::5', '2001:db8::5'],
  ['knows IPv4 inside IPv6', networks, '::ffff:10.0.0.1', '::ffff:198.51.100.1', '198.51.100.1'],
  ['writes IPv4 inside IPv6 as IPv4', 0, '::ffff:203.0.113.9', undefined, '203.0.113.9'],
  ['takes the left-most where all are proxies', networks, '10.0.0.1', '10.1.1.1, 10.0.0.2', '10.1.1.1'],
  ['leaves ports away', 1, '10.0.0.1', '198.51.100.1:4711', '198.51.100.1'],
  ['leaves brackets away', 1, '10.0.0.1', '[2001:db8::5]:4711', '2001:db8::5'],
  ['stays with the proxy where an entry cannot be read', 1, '10.0.0.1', '198.51.100.1, unknown', '10.0.0.1'],
];

describe('S10 the address of a client', () => {
  it.each(cases)('%s', (_what, trusted, socket, header, expected) => {
    expect(addressOf(trusted, socket, header)).toBe(expected);
  });
});
