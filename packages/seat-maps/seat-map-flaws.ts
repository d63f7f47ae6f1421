import type { FieldError } from '#packages/errors/problem.ts'
import { capacityOf, MAX_SEAT_COLUMNS, MAX_SEAT_ROWS, type SeatMap } from './seat-map.ts'

const isCount = (value: number, most: number) => Number.isInteger(value) && value >= 1 && value <= most

/**
 * Everything that is wrong with a seat map, each with its path (`seats.3.row`); empty for a good one. A vehicle has
 * exactly one driver's seat, one to `maxPassengers` seats for passengers, and nobody sits in another's place.
 */
export function seatMapFlaws(map: SeatMap, maxPassengers: number): FieldError[] {
  const flaws: FieldError[] = []
  const say = (path: string, message: string) => flaws.push({ path, message })
  const { rows, columns, seats } = map
  if (!isCount(rows, MAX_SEAT_ROWS)) say('rows', `From 1 to ${MAX_SEAT_ROWS}`)
  if (!isCount(columns, MAX_SEAT_COLUMNS)) say('columns', `From 1 to ${MAX_SEAT_COLUMNS}`)

  const ids = new Set<string>()
  const places = new Map<string, number>()
  for (const [index, { id, row, column }] of seats.entries()) {
    if (!isCount(row, rows)) say(`seats.${index}.row`, `From 1 to ${rows}`)
    if (!isCount(column, columns)) say(`seats.${index}.column`, `From 1 to ${columns}`)
    // 1a and 1A are one to whoever looks for their seat.
    if (ids.has(id.toLowerCase())) say(`seats.${index}.id`, 'Another seat has this id')
    ids.add(id.toLowerCase())
    const place = `${row},${column}`
    const taken = places.get(place)
    if (taken !== undefined) say(`seats.${index}.column`, `In the place of seats.${taken}`)
    else places.set(place, index)
  }

  const [driver, ...others] = seats.flatMap(({ kind }, index) => (kind === 'driver' ? [index] : []))
  if (driver === undefined) say('seats', 'One seat is the driver’s')
  for (const index of others) say(`seats.${index}.kind`, 'Only one seat is the driver’s')
  const capacity = capacityOf(map)
  if (capacity < 1 || capacity > maxPassengers) say('seats', `From 1 to ${maxPassengers} are for passengers`)
  return flaws
}
