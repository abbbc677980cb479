import { addressKey, identifierKey } from './limit-keys.js';

describe('S10 what limits count by', () => {
  it.each([
    ['an IPv4 address', '192.0.2.1', 'address:192.0.2.1'],
    ['an IPv4 address inside IPv6', '::ffff:192.0.2.1', 'address:192.0.2.1'],
    ['the /64 of an IPv6 address', '2001:db8:1:2:3:4:5:6', 'address:2001:db8:1:2::/64'],
    ['zeros left out at the end', '2001:db8:1:2::1', 'address:2001:db8:1:2::/64'],
    ['zeros left out in the network', '2001:db8::1', 'address:2001:db8:0:0::/64'],
    ['zeros left out at the front', '::1', 'address:0:0:0:0::/64'],
    ['capitals and leading zeros', '2001:0DB8:0001:0002:0000:0000:0000:0001', 'address:2001:db8:1:2::/64'],
    ['IPv4 written inside an IPv6 network', '2001:db8:1:2::192.0.2.1', 'address:2001:db8:1:2::/64'],
    ['an address of one link', 'fe80::1%eth0', 'address:fe80:0:0:0::/64'],
    ['what is no address', 'nonsense', 'address:nonsense'],
  ])('%s', (_what, address, expected) => {
    expect(addressKey(address)).toBe(expected);
  });

  it('one name, however it is spelt', () => {
    expect(new Set(['Ann@Example.com', ' ann@example.COM ', 'ａnn@example.com'].map(identifierKey)).size).toBe(1);
    expect(identifierKey('ann')).not.toBe(addressKey('ann'));
  });
});
