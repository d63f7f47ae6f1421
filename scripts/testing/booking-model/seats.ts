import { activeStates } from '../../../packages/booking/states.ts'
import type { Model, ModelBooking, Part } from './model.ts'

export const isActive = ({ state }: Pick<ModelBooking, 'state'>): boolean =>
  activeStates.some((each) => each === state)

const overlap = (a: Part, b: Part) => a.legFrom < b.legTo && b.legFrom < a.legTo

/** Whether so many seats are free on every one of these legs. */
export function fits({ ride, bookings }: Model, part: Part): boolean {
  for (let leg = part.legFrom; leg < part.legTo; leg++) {
    const taken = bookings
      .filter((booking) => isActive(booking) && booking.legFrom <= leg && leg < booking.legTo)
      .reduce((sum, { seats }) => sum + seats, 0)
    if (taken + part.seats > ride.capacity) return false
  }
  return true
}

/** Whether nobody sits on a seat on these legs. */
export function isFree(model: Model, seat: string, part: Part): boolean {
  return !holders(model, seat).some((booking) => overlap(booking, part))
}

/** The seats that who names none gets: free all the way, those in the shortest free stretch first. */
export function assign(model: Model, part: Part): string[] {
  const { seatIds = [], legs } = model.ride
  const stretch = (seat: string) => {
    const held = holders(model, seat)
    const before = held.filter(({ legTo }) => legTo <= part.legFrom).map(({ legTo }) => legTo)
    const after = held.filter(({ legFrom }) => legFrom >= part.legTo).map(({ legFrom }) => legFrom)
    return Math.min(legs, ...after) - Math.max(0, ...before)
  }
  return seatIds
    .filter((seat) => isFree(model, seat, part))
    .map((seat, index) => ({ seat, index, length: stretch(seat) }))
    .toSorted((a, b) => a.length - b.length || a.index - b.index)
    .slice(0, part.seats)
    .map(({ seat }) => seat)
    .toSorted()
}

const holders = ({ bookings }: Model, seat: string) =>
  bookings.filter((booking) => isActive(booking) && booking.places.includes(seat))

export const overlaps = overlap
