import { describe, expect, it } from '@jest/globals';
import {
  isPublicAddress,
  isPublicOrLoopback,
  lookupOf,
  PrivateAddress,
  refuseHiddenHost,
} from '../../callbacks/public-address.ts';

const PUBLIC = ['8.8.8.8', '93.184.216.34', '2606:2800:220:1:248:1893:25c8:1946', '2001:4860:4860::8888'];
const HIDDEN = [
  ...['0.0.0.0', '10.1.2.3', '100.64.0.1', '127.0.0.1', '127.1.2.3', '169.254.169.254', '172.16.0.1', '172.31.255.255'],
  ...[
    '192.0.2.1',
    '192.168.1.1',
    '198.18.0.1',
    '198.51.100.7',
    '203.0.113.7',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
  ],
  ...['::', '::1', 'fe80::1', 'fc00::1', 'fd12:3456::1', 'ff02::1', '2001:db8::1', '64:ff9b::a00:1'],
  ...['::ffff:127.0.0.1', '::ffff:10.0.0.1', '::ffff:169.254.169.254', '::127.0.0.1', 'fec0::1', '4000::1'],
  ...['', 'localhost', '1.2.3', '2130706433x'],
];

describe('addresses that a callback may be sent to', () => {
  it.each(PUBLIC)('%s is public', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each(HIDDEN)('%j is not', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it('loopback is added where the providers are played here, and nothing else', () => {
    expect(['127.0.0.1', '::1', '8.8.8.8'].every(isPublicOrLoopback)).toBe(true);
    expect(['10.0.0.1', '169.254.169.254', 'fe80::1', '0.0.0.0'].some(isPublicOrLoopback)).toBe(false);
  });
});

describe('hosts', () => {
  it.each(['127.0.0.1', '[::1]', '[::ffff:10.0.0.1]', '169.254.169.254'])(
    '%s, written as an address, is refused',
    (host) => {
      expect(() => refuseHiddenHost(host, isPublicAddress)).toThrow(PrivateAddress);
    },
  );

  // What `new URL` makes of them: nobody gets past by writing an address strangely.
  it.each(['http://2130706433/', 'http://0x7f.1/', 'http://0177.0.0.1/', 'http://127.1/'])('%s is refused', (url) => {
    expect(() => refuseHiddenHost(new URL(url).hostname, isPublicAddress)).toThrow(PrivateAddress);
  });

  it('a name that resolves to this machine is refused when it is connected to', async () => {
    const asked = (options: object) =>
      new Promise((resolve) => {
        lookupOf(isPublicAddress)('localhost', options, (error, address) => resolve(error ?? address));
      });
    expect(await asked({})).toBeInstanceOf(PrivateAddress);
    expect(await asked({ all: true })).toBeInstanceOf(PrivateAddress);
  });

  it('a name whose addresses are allowed gives what was looked at, and nothing looked up later', async () => {
    const given = await new Promise((resolve) => {
      lookupOf(isPublicOrLoopback)('localhost', { all: true }, (_error, addresses) => resolve(addresses));
    });
    expect(given).toEqual(
      expect.arrayContaining([{ address: expect.stringMatching(/^(127\.|::1$)/), family: expect.any(Number) }]),
    );
  });
});
