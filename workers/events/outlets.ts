import type { OutboxRow } from '#db/queries/outbox/deliver.ts'
import type { Services } from '../context.ts'
import { announceToRides } from './announce-to-rides.ts'
import { sendNotices } from './send-notices.ts'

/** What an outlet may use. */
export type Surroundings = Pick<Services, 'db' | 'live' | 'sms' | 'platform' | 'log'>

/** A way by which events reach somebody. */
export interface Outlet {
  /** Whether events of this topic go this way. An event may go several ways; it is delivered when each has taken it. */
  takes(topic: string): boolean
  /**
   * Tells of these events and returns the ids of those that arrived, or for which there is nothing to do any more. It
   * gets an event again when another outlet did not take it, so its receivers know events by their id.
   * @param now Unix milliseconds
   */
  hand(surroundings: Surroundings, rows: readonly OutboxRow[], now: number): Promise<string[]>
}

const ofRides = new Set(['booking.new', 'booking.updated', 'ride.updated', 'session.revoked'])

/** Every way that an event can go, one line each. */
export const outlets: readonly Outlet[] = [
  { takes: (topic) => ofRides.has(topic), hand: announceToRides },
  { takes: (topic) => topic.startsWith('document.'), hand: sendNotices },
]
