import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { explainFrame } from '#packages/protocol/read-json.ts'
import { odd, oddFix } from '#packages/protocol/testing/odd-fix.ts'
import { LocationUpdate } from './client-events.ts'
import { readUpdate } from './read-update.ts'

const rideId = fc.oneof(
  fc.uuid(),
  fc.uuid().map((id) => id.toUpperCase()),
  fc.constantFrom(
    '00000000-0000-0000-0000-000000000000',
    'ffffffff-ffff-ffff-ffff-ffffffffffff',
    '0000000000000000000000000000000000000',
    '00000000-0000-9000-8000-000000000000',
    '00000000-0000-4000-7000-000000000000',
  ),
  odd,
)
const plain = fc.record(
  {
    rideId: fc.uuid({ version: 4 }),
    lat: fc.double({ min: -90, max: 90, noNaN: true }),
    lng: fc.double({ min: -180, max: 180, noNaN: true }),
    heading: fc.option(fc.integer({ min: -1, max: 360 })),
    at: fc
      .date({ noInvalidDate: true, min: new Date('2000-01-01'), max: new Date('2100-01-01') })
      .map((date) => date.toISOString()),
  },
  { requiredKeys: ['rideId', 'lat', 'lng'] },
)
const update = fc.record({ rideId, ...oddFix }, { requiredKeys: ['rideId', 'lat', 'lng'] })

test('the short way and the schema agree on everything', () => {
  let short = 0
  fc.assert(
    fc.property(fc.oneof(plain, update, fc.anything()), (value) => {
      const json: unknown = JSON.parse(JSON.stringify(value) ?? 'null')
      const { data, error } = LocationUpdate.safeParse(json)
      const read = readUpdate(json)
      if ('update' in read && read.update === json) short += 1
      expect(read).toEqual(error ? { refusal: explainFrame(error) } : { update: data })
    }),
    { numRuns: 4000 },
  )
  expect(short).toBeGreaterThan(200)
})
