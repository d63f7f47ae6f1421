import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { capacityOf, inOrder, type Seat, type SeatMap } from './seat-map.ts'
import { seatMapFlaws } from './seat-map-flaws.ts'
import { usualSeatMap } from './usual-seat-map.ts'

const MOST = 8
const seat = (id: string, row: number, column: number, kind: Seat['kind'] = 'passenger'): Seat => ({
  ...{ id, row, column, kind },
  label: id,
})
const small: SeatMap = {
  rows: 2,
  columns: 2,
  seats: [seat('1A', 1, 1), seat('1B', 1, 2, 'driver'), seat('2A', 2, 1)],
}
const pathsOf = (map: SeatMap) => seatMapFlaws(map, MOST).map(({ path }) => path)
const withSeats = (...seats: Seat[]): SeatMap => ({ ...small, seats: [...small.seats, ...seats] })

test('a small car is fine', () => {
  expect(seatMapFlaws(small, MOST)).toEqual([])
  expect(capacityOf(small)).toBe(2)
})

test.each<[string, SeatMap, string[]]>([
  ['no rows', { ...small, rows: 0 }, ['rows', 'seats.0.row', 'seats.1.row', 'seats.2.row']],
  ['too many rows', { ...small, rows: 13 }, ['rows']],
  ['half a column', { ...small, columns: 2.5 }, ['columns']],
  ['too many columns', { ...small, columns: 7 }, ['columns']],
  ['a seat behind the car', withSeats(seat('3A', 3, 1)), ['seats.3.row']],
  ['a seat beside the car', withSeats(seat('2C', 2, 3)), ['seats.3.column']],
  ['a seat before the car', withSeats(seat('0A', 0, 1)), ['seats.3.row']],
  ['between two rows', withSeats(seat('9A', 1.5, 1)), ['seats.3.row']],
  ['an id twice', withSeats(seat('1a', 2, 2)), ['seats.3.id']],
  ['a place twice', withSeats(seat('9Z', 2, 1)), ['seats.3.column']],
  ['two drivers', withSeats(seat('2B', 2, 2, 'driver')), ['seats.3.kind']],
  ['nobody to drive', { ...small, seats: [seat('1A', 1, 1)] }, ['seats']],
  [
    'nobody to carry',
    { ...small, seats: [seat('1B', 1, 2, 'driver'), seat('1A', 1, 1, 'blocked')] },
    ['seats'],
  ],
  ['no seat at all', { ...small, seats: [] }, ['seats', 'seats']],
])('%s is named', (_, map, paths) => expect(pathsOf(map)).toEqual(paths))

test('more passengers than allowed are too many', () => {
  expect(seatMapFlaws(small, 2)).toEqual([])
  expect(seatMapFlaws(small, 1)).toEqual([{ path: 'seats', message: 'From 1 to 1 are for passengers' }])
})

const KINDS = ['hatchback', 'sedan', 'suv', 'van', 'auto_rickshaw', 'motorcycle']

test('the usual map of every vehicle is good, in order, and seats as many as the vehicle', () => {
  for (const kind of KINDS) {
    for (let seats = 1; seats <= MOST; seats++) {
      const map = usualSeatMap(kind, seats)
      expect(seatMapFlaws(map, MOST), `${kind} ${seats}`).toEqual([])
      expect(capacityOf(map)).toBe(seats)
      expect(inOrder(map.seats)).toEqual(map.seats)
    }
  }
})

const anySeat = fc.record({
  id: fc.string({ unit: fc.constantFrom('1', '2', 'A', 'a', 'B'), minLength: 1, maxLength: 2 }),
  row: fc.integer({ min: 0, max: 5 }),
  column: fc.integer({ min: 0, max: 4 }),
  kind: fc.constantFrom<Seat['kind']>('driver', 'passenger', 'blocked'),
  label: fc.constant('Seat'),
})
const anyMap = fc.record({
  rows: fc.integer({ min: 0, max: 5 }),
  columns: fc.integer({ min: 0, max: 4 }),
  seats: fc.array(anySeat, { maxLength: 12 }),
})

test('whatever has no flaw keeps every promise, and whatever breaks one has a flaw', () => {
  fc.assert(
    fc.property(anyMap, (map) => {
      const { rows, columns, seats } = map
      const distinct = (of: (seat: Seat) => string) => new Set(seats.map(of)).size === seats.length
      const kept =
        rows >= 1 &&
        columns >= 1 &&
        seats.every(({ row, column }) => row >= 1 && row <= rows && column >= 1 && column <= columns) &&
        distinct(({ id }) => id.toLowerCase()) &&
        distinct(({ row, column }) => `${row} ${column}`) &&
        seats.filter(({ kind }) => kind === 'driver').length === 1 &&
        capacityOf(map) >= 1 &&
        capacityOf(map) <= MOST
      expect(pathsOf(map).length === 0).toBe(kept)
    }),
    { numRuns: 2000 },
  )
})

test('every flaw names something that is there, and the order of the seats does not matter', () => {
  fc.assert(
    fc.property(anyMap, (map) => {
      for (const path of pathsOf(map)) {
        const [first = '', index, field] = path.split('.')
        expect(['rows', 'columns', 'seats']).toContain(first)
        if (index !== undefined) expect(map.seats[Number(index)]).toHaveProperty(field ?? '')
      }
      const backwards = { ...map, seats: map.seats.toReversed() }
      expect(pathsOf(backwards).length === 0).toBe(pathsOf(map).length === 0)
      const sorted = inOrder(map.seats).map(({ row, column }) => row * 100 + column)
      expect(sorted).toEqual(sorted.toSorted((a, b) => a - b))
    }),
  )
})
