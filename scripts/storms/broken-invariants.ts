import {
  activeStates,
  type BookingState,
  bookingActions,
  holdStates,
  unheardStates,
} from '#packages/booking/states.ts'
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

/** A booking is what its history ends with, each step is one of the machine's, and every one was announced to whom it concerns. */
function historyBroken({ id, state, steps, told, toldDriver, expiresAt }: Booking): string[] {
  const impossible = steps
    .slice(1)
    .filter((to, index) => !canBecome(steps[index], to) && !isRetaken(steps.slice(0, index + 2)))
  // Who books and is to pay sees it in the reply.
  const due = steps[0] === 'unpaid' ? steps.slice(1) : steps
  const dueToDriver = steps.filter((step, index) => step !== 'unpaid' && !endedUnpaid(step, steps[index - 1]))
  return [
    ...(steps.at(-1) === state ? [] : [`${id} is ${state}, its history ends ${steps.at(-1)}`]),
    ...impossible.map((to) => `${id} became ${to} by no action: ${steps.join(' ')}`),
    ...(told.join() === due.join() ? [] : [`${id} was ${steps.join()}, told ${told.join()}`]),
    ...(toldDriver.join() === dueToDriver.join()
      ? []
      : [`${id} was ${steps.join()}, the driver was told ${toldDriver.join()}`]),
    ...(includes(holdStates, state) && !expiresAt ? [`${id} is ${state} for ever`] : []),
  ]
}

/** The driver never heard of it. */
const endedUnpaid = (step: BookingState, before: BookingState | undefined) =>
  before === 'unpaid' && (step === 'expired' || step === 'cancelled')

/** A payment came after the hold had lapsed, and the seats were still there. */
function isRetaken(steps: readonly BookingState[]): boolean {
  const [first, lapsed, paid] = steps.slice(-3)
  return first === 'unpaid' && lapsed === 'expired' && (paid === 'confirmed' || paid === 'pending')
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
  const held = new Set(bookings.filter(({ state }) => includes(unheardStates, state)).map(({ id }) => id))
  const known = entries.flatMap(({ bookingId }) => bookingId ?? [])
  const open = entries.filter(({ state }) => state === 'waiting' || state === 'offered')
  return [
    ...(offered.every((id) => entered.includes(id)) && entered.every((id) => held.has(id))
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
