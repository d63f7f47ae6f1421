/** What a place in the vehicle is for. */
export const SEAT_KINDS = ['driver', 'passenger', 'blocked'] as const
export type SeatKind = (typeof SEAT_KINDS)[number]

/** A place in the vehicle. Rows count from the front, columns from the left, both from 1. */
export interface Seat {
  /** Unique in its map: `1A`. */
  id: string
  row: number
  column: number
  kind: SeatKind
  /** What people call it: `Front left`. */
  label: string
}

/** How the seats of a vehicle are arranged. A place without a seat is an aisle, a door or a boot. */
export interface SeatMap {
  rows: number
  columns: number
  seats: readonly Seat[]
}

/** The largest map. */
export const MAX_SEAT_ROWS = 12
export const MAX_SEAT_COLUMNS = 6

/** How many passengers the map seats. */
export function capacityOf({ seats }: Pick<SeatMap, 'seats'>): number {
  return seats.filter(({ kind }) => kind === 'passenger').length
}

/** The seats from the front left to the back right: two maps that say the same look the same. */
export function inOrder(seats: readonly Seat[]): Seat[] {
  return seats.toSorted((a, b) => a.row - b.row || a.column - b.column)
}
