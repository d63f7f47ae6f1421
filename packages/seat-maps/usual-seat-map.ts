import type { Seat, SeatMap } from './seat-map.ts'

const SIDES = ['left', 'middle', 'right'] as const
const LETTERS = 'ABC'

/** Which columns so many people take on a bench of three. */
const bench: Readonly<Record<number, readonly number[]>> = { 1: [1], 2: [1, 3], 3: [1, 2, 3] }

function seatAt(row: number, column: number, kind: Seat['kind'], label: string): Seat {
  return { id: `${row}${LETTERS[column - 1]}`, row, column, kind, label }
}

/** Rows behind the driver, each as full as it gets. */
function rowsBehind(count: number, perRow: number): Seat[] {
  const rows = Math.ceil(count / perRow)
  return Array.from({ length: rows }, (_, index) => {
    const row = index + 2
    const inRow = Math.min(perRow, count - index * perRow)
    if (perRow === 1) return [seatAt(row, 1, 'passenger', 'Behind the driver')]
    const columns = bench[inRow] ?? []
    return columns.map((column) => seatAt(row, column, 'passenger', `Row ${row} ${SIDES[column - 1]}`))
  }).flat()
}

const mapOf = (columns: number, seats: readonly Seat[]): SeatMap => ({
  rows: Math.max(...seats.map(({ row }) => row)),
  columns,
  seats,
})

/**
 * How vehicles of a kind are usually arranged, for one whose driver has drawn no map: so that an app can show any
 * vehicle. India drives on the left: the driver sits on the right, and the first passenger beside them; on a motorcycle
 * behind them; in an auto rickshaw, whose driver sits alone, on the bench.
 * @param seats for passengers, at least one
 */
export function usualSeatMap(kind: string, seats: number): SeatMap {
  if (kind === 'motorcycle') return mapOf(1, [seatAt(1, 1, 'driver', 'Driver'), ...rowsBehind(seats, 1)])
  if (kind === 'auto_rickshaw') return mapOf(3, [seatAt(1, 2, 'driver', 'Driver'), ...rowsBehind(seats, 3)])
  const front = [seatAt(1, 1, 'passenger', 'Front left'), seatAt(1, 3, 'driver', 'Driver')]
  return mapOf(3, [...front, ...rowsBehind(seats - 1, 3)])
}
