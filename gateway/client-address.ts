import type { IncomingMessage } from 'node:http';
import { BlockList, isIP, isIPv4 } from 'node:net';
import type { TrustedProxies } from '../platform/process/trusted-proxies.js';

/** Finds the address a request came from. */
export type ClientAddress = (message: IncomingMessage) => string;

/**
 * The address of the client: that of the socket, unless proxies are trusted. Each proxy adds to `X-Forwarded-For` whom
 * it was called by, so what stands left of the first untrusted address is the client's own invention. Limits count by it.
 */
export function clientAddressBehind(trusted: TrustedProxies): ClientAddress {
  const isTrusted = typeof trusted === 'number' ? (_: string, hop: number) => hop < trusted : networkTest(trusted);
  return (message) => {
    let client = plain(message.socket.remoteAddress ?? '');
    for (const [hop, forwarded] of forwardedFor(message).toReversed().entries()) {
      // What cannot be read was not written by a proxy of ours.
      if (!isTrusted(client, hop) || isIP(forwarded) === 0) return client;
      client = forwarded;
    }
    return client;
  };
}

function networkTest(networks: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', length] = network.split('/');
    const family = familyOf(address);
    list.addSubnet(address, length === undefined ? (family === 'ipv4' ? 32 : 128) : Number(length), family);
  }
  return (address) => isIP(address) !== 0 && list.check(address, familyOf(address));
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIPv4(address) ? 'ipv4' : 'ipv6';
}

function forwardedFor({ headers }: IncomingMessage): string[] {
  const header = headers['x-forwarded-for'];
  const text = Array.isArray(header) ? header.join(',') : (header ?? '');
  return text === '' ? [] : text.split(',').map((part) => plain(part.trim()));
}

// Some proxies add the port; sockets that serve both families write IPv4 inside IPv6.
function plain(address: string): string {
  const bare = /^\[(.+)\](?::\d+)?$/.exec(address)?.[1] ?? /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(address)?.[1] ?? address;
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare)?.[1] ?? bare;
}
