import type { Goal } from './detect-reached.ts'
import type { RidePlan } from './ride-plan.ts'

const stopKey = (stop: number) => `stop:${stop}`
export const pickupKey = (bookingId: string) => `pickup:${bookingId}`
export const dropoffKey = (bookingId: string) => `dropoff:${bookingId}`

/** What reaching a goal means. */
export type Reached = { stop: number } | { bookingId: string; place: 'pickup' | 'dropoff' }

/** What is reached with that key. */
export function readGoalKey(key: string): Reached {
  const [kind = '', id = ''] = key.split(':')
  if (kind === 'stop') return { stop: Number(id) }
  return { bookingId: id, place: kind === 'pickup' ? 'pickup' : 'dropoff' }
}

/** Where the car still has to go: stops, pickups of who is not aboard, and drop-offs of who is. */
export function openGoals({ stops, bookings }: RidePlan, reached: readonly string[]): Goal[] {
  const goals: Goal[] = stops.map(({ lat, lng }, stop) => ({ key: stopKey(stop), lat, lng }))
  for (const { bookingId, boarded, pickup, dropoff } of bookings) {
    const isAboard = boarded || reached.includes(pickupKey(bookingId))
    if (!boarded) goals.push({ key: pickupKey(bookingId), lat: pickup.lat, lng: pickup.lng })
    if (isAboard) goals.push({ key: dropoffKey(bookingId), lat: dropoff.lat, lng: dropoff.lng })
  }
  return goals.filter(({ key }) => !reached.includes(key))
}

/** Whether the car has been at its last stop: what it does afterwards is no longer part of the way. */
export function isThere({ stops }: RidePlan, reached: readonly string[]): boolean {
  return reached.includes(stopKey(stops.length - 1))
}
