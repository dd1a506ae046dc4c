import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { classifyAddress } from '../../../src/node/outbound/index.ts'

const ranges: readonly (readonly [string, string])[] = [
  ['8.8.8.8', 'public'],
  ['172.15.255.255', 'public'],
  ['172.32.0.0', 'public'],
  ['100.63.255.255', 'public'],
  ['100.128.0.0', 'public'],
  ['2606:4700:4700::1111', 'public'],
  ['127.0.0.1', 'loopback'],
  ['127.255.255.254', 'loopback'],
  ['::1', 'loopback'],
  ['10.0.0.1', 'private'],
  ['172.16.0.1', 'private'],
  ['172.31.255.255', 'private'],
  ['192.168.1.1', 'private'],
  ['fc00::1', 'private'],
  ['fd00:ec2::254', 'private'],
  ['fec0::1', 'private'],
  ['169.254.169.254', 'link-local'],
  ['fe80::1', 'link-local'],
  ['fe80::1%eth0', 'link-local'],
  ['100.100.100.200', 'carrier-nat'],
  ['0.0.0.0', 'unspecified'],
  ['0.1.2.3', 'unspecified'],
  ['::', 'unspecified'],
  ['224.0.0.1', 'multicast'],
  ['255.255.255.255', 'multicast'],
  ['ff02::1', 'multicast'],
  ['192.0.2.1', 'documentation'],
  ['198.51.100.7', 'documentation'],
  ['203.0.113.9', 'documentation'],
  ['2001:db8::1', 'documentation'],
  ['3fff::1', 'documentation'],
  ['168.63.129.16', 'platform'],
  ['192.0.0.192', 'reserved'],
  ['198.18.0.1', 'reserved'],
  ['192.88.99.1', 'reserved'],
  ['240.0.0.1', 'reserved'],
  ['2001:2::1', 'reserved'],
  ['100::1', 'reserved'],
  ['5f00::1', 'reserved'],
  ['4000::1', 'reserved'],
  ['::ffff:8.8.8.8', 'public'],
  ['::ffff:127.0.0.1', 'loopback'],
  ['::ffff:a9fe:a9fe', 'link-local'],
  ['64:ff9b::8.8.8.8', 'public'],
  ['64:ff9b::127.0.0.1', 'loopback'],
  ['64:ff9b::a00:1', 'private'],
  ['64:ff9b:1::1', 'tunnel'],
  ['2002:7f00:1::', 'tunnel'],
  ['2002:808:808::1', 'tunnel'],
  ['2001:0:4136:e378:8000:63bf:3fff:fdd2', 'tunnel'],
  ['::127.0.0.1', 'tunnel'],
  ['::8.8.8.8', 'tunnel'],
  ['::ffff:0:127.0.0.1', 'tunnel'],
]

describe('the range of an address', () => {
  it.each(ranges)('%s is %s', (address, range) => {
    expect(classifyAddress(address)?.range).toBe(range)
  })

  it('is nothing for a text that a resolver does not write', () => {
    for (const text of [
      '',
      '127.1',
      '0x7f.1',
      '2130706433',
      '0177.0.0.1',
      '127.0.0.1:80',
      '[::1]',
      ' 127.0.0.1',
      '1.2.3.256',
      'localhost',
      '::g',
      '1.2.3.4/8',
    ]) {
      expect(classifyAddress(text), text).toBeNull()
    }
  })

  it('is that of the IPv4 address inside, whichever way it is wrapped', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        const plain = classifyAddress(address)
        expect(plain).not.toBeNull()
        expect(classifyAddress(`::ffff:${address}`)).toEqual(plain)
        expect(classifyAddress(`64:ff9b::${address}`)).toEqual(plain)
        expect(classifyAddress(`::${address}`)?.range).not.toBe('public')
      }),
    )
  })

  it('is public for IPv6 in 2000::/3 at most', () => {
    fc.assert(
      fc.property(fc.ipV6(), (address) => {
        const found = classifyAddress(address)
        if (found?.range !== 'public' || !found.address.includes(':')) return
        expect(found.address).toMatch(/^[23][0-9a-f]{3}:/)
      }),
    )
  })
})
