import { activeStates, type BookingState, bookingActions, holdStates } from '#packages/booking/states.ts'
import { transition } from '#packages/booking/transition.ts'
import type { RideSnapshot } from './ride-snapshot.ts'

type Booking = RideSnapshot['bookings'][number]

const includes = (states: readonly string[], state: string) => states.includes(state)
export const isActive = ({ state }: Pick<Booking, 'state'>): boolean => includes(activeStates, state)
/** Whether the booking has its seats; who has arrived sat there. */
const isSeated = (booking: Pick<Booking, 'state'>) => isActive(booking) || booking.state === 'completed'

/** What must never be so of a ride, whatever was done to it by however many at once. Empty: all is well. */
export function brokenInvariants(ride: RideSnapshot): string[] {
  return [
    ...legsBroken(ride),
    ...placesBroken(ride),
    ...ride.bookings.flatMap(historyBroken),
    ...waitingBroken(ride),
    ...endBroken(ride),
  ]
}

function legsBroken({ legs, bookings }: RideSnapshot): string[] {
  return legs.flatMap(({ capacity, taken }, leg) => {
    const sold = bookings
      .filter((booking) => isSeated(booking) && booking.legFrom <= leg && leg < booking.legTo)
      .reduce((sum, { seats }) => sum + seats, 0)
    return [
      ...(taken === sold ? [] : [`leg ${leg} says ${taken} taken, but ${sold} are booked`]),
      ...(sold <= capacity ? [] : [`leg ${leg} is oversold: ${sold} of ${capacity}`]),
    ]
  })
}

function placesBroken({ bookings }: RideSnapshot): string[] {
  const own = bookings.flatMap((booking) => {
    const { places, seats, legFrom, legTo } = booking
    return [
      ...(places.length <= seats ? [] : [`${seats} people sit on ${places.length} seats`]),
      ...places.flatMap(({ seat, from, to, holds }) => [
        ...(from === legFrom && to === legTo ? [] : [`seat ${seat} is not held for the booking's legs`]),
        ...(holds === isSeated(booking) ? [] : [`seat ${seat} holds: ${holds}, of a ${booking.state} booking`]),
      ]),
    ]
  })
  const held = bookings.flatMap(({ places }) => places.filter(({ holds }) => holds))
  const twice = held.filter((a, index) =>
    held.some((b, other) => other < index && a.seat === b.seat && a.from < b.to && b.from < a.to),
  )
  return [...own, ...twice.map(({ seat }) => `seat ${seat} is two people's`)]
}

/** A booking is what its history ends with, each step is one of the machine's, and every one was announced. */
function historyBroken({ id, state, steps, told, expiresAt }: Booking): string[] {
  const impossible = steps.slice(1).filter((to, index) => !canBecome(steps[index], to))
  const untold = steps.filter((step, index) => told[index] !== step)
  return [
    ...(steps.at(-1) === state ? [] : [`${id} is ${state}, its history ends ${steps.at(-1)}`]),
    ...impossible.map((to) => `${id} became ${to} by no action: ${steps.join(' ')}`),
    ...(untold.length === 0 && told.length === steps.length
      ? []
      : [`${id} was ${steps.join()}, told ${told.join()}`]),
    ...(includes(holdStates, state) && !expiresAt ? [`${id} is ${state} for ever`] : []),
  ]
}

function canBecome(from: BookingState | undefined, to: BookingState): boolean {
  return bookingActions.some((action) => {
    const answer = from && transition(from, action)
    return answer && 'to' in answer && answer.to === to
  })
}

function waitingBroken({ bookings, entries }: RideSnapshot): string[] {
  const offered = bookings.filter(({ state }) => state === 'offered').map(({ id }) => id)
  const entered = entries.flatMap(({ state, bookingId }) =>
    state === 'offered' ? [bookingId ?? 'nothing'] : [],
  )
  const known = entries.flatMap(({ bookingId }) => bookingId ?? [])
  const open = entries.filter(({ state }) => state === 'waiting' || state === 'offered')
  return [
    ...(offered.toSorted().join() === entered.toSorted().join()
      ? []
      : [`offers ${offered.join()}, but offered to ${entered.join()}`]),
    ...(new Set(known).size === known.length ? [] : ['one booking came of two entries']),
    ...repeated(open.map((entry) => entry.passengerId)).map((id) => `${id} waits twice`),
    ...repeated(bookings.filter(isActive).map((booking) => booking.passengerId)).map(
      (id) => `${id} booked twice`,
    ),
  ]
}

const repeated = (ids: readonly string[]) => ids.filter((id, index) => ids.indexOf(id) < index)

/** A ride that is over has nobody waiting, held or on board. */
function endBroken({ status, bookings, entries }: RideSnapshot): string[] {
  const mayBe: Record<typeof status, readonly BookingState[]> = {
    scheduled: activeStates,
    started: ['confirmed', 'boarded'],
    completed: [],
    cancelled: [],
  }
  const left = bookings.filter((booking) => isActive(booking) && !includes(mayBe[status], booking.state))
  const open = entries.filter(({ state }) => state === 'waiting' || state === 'offered')
  return [
    ...left.map(({ state }) => `a booking is ${state} on a ride that is ${status}`),
    ...(status === 'scheduled'
      ? []
      : open.map(({ state }) => `somebody is ${state} for a ride that is ${status}`)),
  ]
}
