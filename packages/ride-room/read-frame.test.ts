import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { ClientFrame } from '#packages/protocol/client-frame.ts'
import { readFrame } from './read-frame.ts'

const odd = fc.oneof(fc.constantFrom(null, undefined, '', 'x', true, -1, 1e9, {}, []), fc.double())
const number = (max: number) =>
  fc.oneof({ weight: 5, arbitrary: fc.double({ min: -max * 1.1, max: max * 1.1 }) }, odd)
const at = fc.oneof(
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  fc.constantFrom(
    '2026-02-30T10:00:00Z',
    '2026-11-22T06:00:00+05:30',
    '2026-11-22T24:00:00Z',
    '2026-11-22T06:00:00.123456Z',
    '2026-13-01T00:00:00Z',
    '0000-01-01T00:00:00Z',
    'noon',
  ),
  odd,
)
const position = fc.record(
  {
    type: fc.constantFrom('position', 'ping', 'x'),
    lat: number(90),
    lng: number(180),
    heading: number(360),
    speed: number(150),
    accuracy: number(1e5),
    at,
    more: odd,
  },
  { requiredKeys: ['type'] },
)

test('the short way and the schema agree on everything', () => {
  fc.assert(
    fc.property(fc.oneof(position, fc.anything()), (value) => {
      const json: unknown = JSON.parse(JSON.stringify(value) ?? 'null')
      const { data, error } = ClientFrame.safeParse(json)
      expect(readFrame(json)).toEqual(error ? { error } : { frame: data })
    }),
    { numRuns: 3000 },
  )
})
