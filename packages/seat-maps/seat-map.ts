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
