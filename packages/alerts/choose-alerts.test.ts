import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Before, chooseAlerts } from './choose-alerts.ts'
import type { Pair } from './find-pairs.ts'
import { MAX_MATCHES, MESSAGES_PER_HOUR } from './limits.ts'

const nothing: Before = {
  isKnown: () => false,
  matches: () => 0,
  passengerAlerts: () => 0,
  driverAlerts: () => 0,
}
const pair = (more: Partial<Pair>): Pair => ({
  ...{ savedSearchId: 's', userId: 'u', rideId: 'r', driverId: 'd', departsAt: 0, ...more },
})

test('what is known is no news and counts for nothing; the rides that depart first come first', () => {
  const pairs = [3, 1, 2].map((departsAt) => pair({ rideId: `r${departsAt}`, departsAt }))
  const before = { ...nothing, isKnown: ({ rideId }: Pair) => rideId === 'r1' }
  expect(chooseAlerts(pairs, before).map(({ rideId }) => rideId)).toEqual(['r2', 'r3'])
  expect(chooseAlerts([], nothing)).toEqual([])
})

test('who was told of a few in this hour is told of no more, and the other side is', () => {
  const one = [pair({})]
  const asked = (more: Partial<Before>) => chooseAlerts(one, { ...nothing, ...more })
  const [last, over] = [() => MESSAGES_PER_HOUR - 1, () => MESSAGES_PER_HOUR]
  expect(asked({ passengerAlerts: last, driverAlerts: last })).toMatchObject([
    { toPassenger: true, toDriver: true },
  ])
  expect(asked({ passengerAlerts: over })).toMatchObject([{ toPassenger: false, toDriver: true }])
  expect(asked({ driverAlerts: over })).toMatchObject([{ toPassenger: true, toDriver: false }])
})

test('a saved search gets as many rides as anybody needs', () => {
  const pairs = Array.from({ length: MAX_MATCHES }, (_, k) => pair({ rideId: `r${k}` }))
  expect(chooseAlerts([...pairs, pair({ rideId: 'more' })], nothing)).toHaveLength(MAX_MATCHES)
  const three = { ...nothing, matches: () => MAX_MATCHES - 3 }
  expect(chooseAlerts(pairs, three)).toHaveLength(3)
  expect(chooseAlerts(pairs, { ...nothing, matches: () => MAX_MATCHES + 1 })).toEqual([])
})

test('nobody is told of more than a few, whatever is found', () => {
  const id = fc.nat(3).map(String)
  const found = fc.array(
    fc.record({ savedSearchId: id, userId: id, rideId: id, driverId: id, departsAt: fc.nat(5) }),
    { maxLength: 60 },
  )
  fc.assert(
    fc.property(found, fc.nat(8), fc.nat(8), (pairs, passengerAlerts, driverAlerts) => {
      const before = { ...nothing, passengerAlerts: () => passengerAlerts, driverAlerts: () => driverAlerts }
      const chosen = chooseAlerts(pairs, before)
      expect(chosen).toHaveLength(pairs.length)
      for (const [person, told, heard] of [
        ['userId', 'toPassenger', passengerAlerts],
        ['driverId', 'toDriver', driverAlerts],
      ] as const)
        for (const [, theirs] of Map.groupBy(chosen, (alert) => alert[person]))
          expect(theirs.filter((alert) => alert[told])).toHaveLength(
            Math.min(theirs.length, Math.max(0, MESSAGES_PER_HOUR - heard)),
          )
    }),
  )
})
