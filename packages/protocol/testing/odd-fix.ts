import * as fc from 'fast-check'

/** What a device with a fault writes in place of a value. */
export const odd = fc.oneof(fc.constantFrom(null, undefined, '', 'x', true, -1, 1e9, {}, []), fc.double())

const number = (max: number) =>
  fc.oneof({ weight: 5, arbitrary: fc.double({ min: -max * 1.1, max: max * 1.1 }) }, odd)

const at = fc.oneof(
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  fc
    .date({ noInvalidDate: true, min: new Date('2000-01-01'), max: new Date('2100-01-01') })
    .map((date) => date.toISOString()),
  fc.constantFrom(
    '2026-02-30T10:00:00Z',
    '2026-11-22T06:00:00+05:30',
    '2026-11-22T24:00:00Z',
    '2026-11-22T23:60:00Z',
    '2026-11-22T06:00:00.123456Z',
    '2026-13-01T00:00:00Z',
    '0000-01-01T00:00:00Z',
    'noon',
  ),
  odd,
)

/** The fields of a fix, right and wrong. */
export const oddFix = {
  lat: number(90),
  lng: number(180),
  heading: number(360),
  speed: number(150),
  accuracy: number(1e5),
  at,
  more: odd,
}
