import { type BookingState, ridingStates } from '#packages/booking/states.ts'
import type { ProblemCode } from '#packages/errors/registry.ts'
import type { RideState } from '#packages/ride/transition.ts'
import { MAX_ENQUIRIES_A_DAY, OPEN_AFTER_RIDE_MS } from './limits.ts'

/** With a booking in these states driver and passenger may write to each other, also when the ride is offered no more. */
export const BOOKED_STATES = [
  'pending',
  ...ridingStates,
  'cancelled',
  'no_show',
] as const satisfies BookingState[]

/** Instants in Unix milliseconds. */
export interface RideTimes {
  status: RideState
  departsAt: number
  /** When it should arrive. */
  arrivesAt: number
  /** When it was completed or cancelled. */
  endedAt: number | null
}

/** Until when people of a ride may write, Unix milliseconds; after that they can only read. */
export const closesAt = ({ endedAt, arrivesAt }: Pick<RideTimes, 'endedAt' | 'arrivesAt'>): number =>
  (endedAt ?? arrivesAt) + OPEN_AFTER_RIDE_MS

/** Whether it can be booked, so that everybody may ask its driver. */
const isOffered = ({ status, departsAt }: RideTimes, now: number) => status === 'scheduled' && departsAt > now

interface DirectFacts {
  ride: RideTimes
  writerDrives: boolean
  /** One of the two has a booking, in one of BOOKED_STATES, on the ride that the other drives, who knows of it. */
  booked: boolean
  /** The other neither deleted their account nor was banned. */
  receiverThere: boolean
  blocked: boolean
}

/** Why somebody may not write in a direct conversation of theirs; undefined: they may. */
export function refuseToWrite(facts: DirectFacts, now: number): ProblemCode | undefined {
  if (now >= closesAt(facts.ride)) return 'chat_closed'
  if (!facts.writerDrives && !facts.booked && !isOffered(facts.ride, now)) return 'not_on_ride'
  return facts.receiverThere && !facts.blocked ? undefined : 'recipient_unavailable'
}

export interface OpeningFacts extends DirectFacts {
  receiverDrives: boolean
  /** The ride is for women, and the writer's profile does not say that she is one. */
  forOthers: boolean
  /** How many conversations about rides of others they began within ENQUIRY_WINDOW_MS. */
  enquiries: number
}

/** Why somebody may not begin to write to a person about a ride; undefined: they may. */
export function refuseToBegin(facts: OpeningFacts, now: number): ProblemCode | undefined {
  const { writerDrives, receiverDrives, booked } = facts
  // Passengers meet in the group; a driver answers, or writes to who has booked.
  if (writerDrives === receiverDrives || (writerDrives && !booked)) return 'not_on_ride'
  const refused = refuseToWrite(facts, now)
  if (refused || writerDrives || booked) return refused
  if (facts.forOthers) return 'women_only_ride'
  return facts.enquiries < MAX_ENQUIRIES_A_DAY ? undefined : 'rate_limited'
}
