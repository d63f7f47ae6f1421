import { expect, test } from 'vitest'
import { encodePolyline } from '#packages/geo/polyline.ts'
import { findPairs, type Road, type Run, type Wish } from './find-pairs.ts'

const HOUR_MS = 3600_000
const now = Date.parse('2026-12-01T06:00:00Z')
const points = Array.from({ length: 11 }, (_, k) => ({ lat: 12 + k / 20, lng: 77 }))
/** 111 km north in two hours, with a stop in the middle. */
const way = {
  polyline: encodePolyline(points),
  vertexMetres: points.map((_, k) => k * 5_560),
  vertexSeconds: points.map((_, k) => k * 720),
  stopVertices: [0, 5, 10],
}
const ride: Run = { id: 'r', departsAt: now + HOUR_MS, vehicleKind: 'suv', seatsLeft: [2, 1], aboard: [] }
const wish: Wish = {
  ...{ id: 's', userId: 'u', pickup: { lat: 12, lng: 77 }, dropoff: { lat: 12.5, lng: 77 } },
  ...{ radiusMetres: 1_000, earliest: now, latest: now + 2 * HOUR_MS, seats: 1 },
  ...{ maxFare: null, vehicleKinds: null, gender: 'female', sameGender: false },
}
const roadWith = (run: Partial<Run>, wanted: Partial<Wish>): Road => ({
  ...{ ...way, driverId: 'd', pricePerSeat: 20_000 },
  ...{ rides: [{ ...ride, ...run }], wishes: [{ ...wish, ...wanted }] },
})
const found = (run: Partial<Run>, wanted: Partial<Wish>) => findPairs(roadWith(run, wanted), now).length > 0

test('a ride that serves a saved search is found for it', () => {
  expect(findPairs(roadWith({}, {}), now)).toEqual([
    { savedSearchId: 's', userId: 'u', rideId: 'r', driverId: 'd', departsAt: ride.departsAt },
  ])
  expect(findPairs({ ...roadWith({}, {}), wishes: [], polyline: '' }, now)).toEqual([])
})

test('each thing that is asked for keeps a ride away', () => {
  const firstHalf = { dropoff: { lat: 12.25, lng: 77 } }
  for (const [run, wanted, is] of [
    [{}, { seats: 2 }, false],
    [{}, { seats: 2, ...firstHalf }, true],
    [{}, { maxFare: 19_999 }, false],
    [{}, { maxFare: 20_000 }, true],
    [{}, { maxFare: 10_000, ...firstHalf }, true],
    [{}, { vehicleKinds: ['sedan'] }, false],
    [{}, { vehicleKinds: ['sedan', 'suv'] }, true],
    [{}, { pickup: { lat: 12, lng: 77.02 } }, false],
    [{}, { pickup: wish.dropoff, dropoff: wish.pickup }, false],
    [{}, { latest: now + HOUR_MS - 1 }, false],
    [{}, { latest: now + HOUR_MS }, true],
    [{}, { earliest: now + HOUR_MS + 1, latest: now + 2 * HOUR_MS }, true],
    [{ departsAt: now }, {}, false],
    [{ seatsLeft: [0, 1] }, {}, false],
  ] as const)
    expect([run, wanted, found(run, wanted)]).toEqual([run, wanted, is])
})

test('nobody is found for a ride where a wish for people of one gender would be broken', () => {
  const aboard = (gender: string | null, sameGender: boolean, legFrom = 0, legTo = 2): Partial<Run> => ({
    aboard: [{ gender, sameGender, legFrom, legTo }],
  })
  for (const [run, wanted, is] of [
    [aboard('male', false), {}, true],
    [aboard('male', false), { sameGender: true }, false],
    [aboard('female', false), { sameGender: true }, true],
    [aboard(null, false), { sameGender: true }, false],
    [aboard('male', true), {}, false],
    [aboard('female', true), {}, true],
    [aboard('female', true), { gender: null }, false],
    [aboard('male', true, 1, 2), { dropoff: { lat: 12.25, lng: 77 } }, true],
  ] as const)
    expect([run, wanted, found(run, wanted)]).toEqual([run, wanted, is])
})

test('a way that cannot be read is said', () => {
  expect(() => findPairs({ ...roadWith({}, {}), polyline: '~' }, now)).toThrow(RangeError)
})
