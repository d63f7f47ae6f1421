import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { networkOf } from './network-of.ts'

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['0:0:0:0:0:FFFF:203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002::1', '2001:db8:1:2::/64'],
  ['[2001:db8:1:2::]', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['2001:db8::5:6:7:8:9', '2001:db8:0:5::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['unknown', 'unknown'],
  ['', ''],
])('%s counts as %s', (address, network) => {
  expect(networkOf(address)).toBe(network)
})

const group = fc.integer({ min: 0, max: 0xffff })
const eight = fc.tuple(group, group, group, group, group, group, group, group)
const write = (groups: readonly number[], padded: boolean) =>
  groups.map((each) => each.toString(16).padStart(padded ? 4 : 1, '0')).join(':')

test('every address of a /64 is one caller, and another /64 is another, however they are written', () => {
  fc.assert(
    fc.property(eight, eight, fc.boolean(), (one, other, padded) => {
      const neighbour = [...one.slice(0, 4), ...other.slice(4)]
      expect(networkOf(write(neighbour, padded))).toBe(networkOf(write(one, !padded)))
      const same = write(one.slice(0, 4), false) === write(other.slice(0, 4), false)
      expect(networkOf(write(other, padded)) === networkOf(write(one, false))).toBe(same)
    }),
  )
})

test('leaving out zeros changes nothing', () => {
  fc.assert(
    fc.property(fc.array(group, { maxLength: 7 }), fc.nat(7), (groups, at) => {
      const place = Math.min(at, groups.length)
      const [before, after] = [groups.slice(0, place), groups.slice(place)]
      const full = [...before, ...Array.from({ length: 8 - groups.length }, () => 0), ...after]
      expect(networkOf(`${write(before, false)}::${write(after, false)}`)).toBe(networkOf(write(full, true)))
    }),
  )
})

test('nothing that comes in a header makes it fail', () => {
  fc.assert(fc.property(fc.string(), (text) => typeof networkOf(text) === 'string'))
})
