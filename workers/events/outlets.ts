import type { OutboxRow } from '#db/queries/outbox/deliver.ts'
import type { Services } from '../context.ts'
import { userTopics } from './address-letters.ts'
import { announceChat } from './announce-chat.ts'
import { announceSos } from './announce-sos.ts'
import { announceToRides } from './announce-to-rides.ts'
import { announceToUsers } from './announce-to-users.ts'
import { endShareLinks } from './end-share-links.ts'
import { notify, stopPushes } from './notify.ts'
import { newsReaders } from './read-news.ts'
import { sendNotices } from './send-notices.ts'
import { sendRequested, settleEnded } from './settle-ended.ts'
import { tellContacts } from './tell-contacts.ts'

/** What an outlet may use. */
export type Surroundings = Pick<
  Services,
  'db' | 'files' | 'live' | 'sms' | 'platform' | 'log' | 'keys' | 'settings' | 'payments'
>

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

const ofEndings = new Set(['booking.updated', 'payment.captured'])
const ofRides = new Set(['booking.new', 'booking.updated', 'ride.updated', 'session.revoked', 'share.revoked'])

/** Every way that an event can go, one line each. */
export const outlets: readonly Outlet[] = [
  { takes: (topic) => ofRides.has(topic), hand: announceToRides },
  { takes: (topic) => userTopics.has(topic), hand: announceToUsers },
  { takes: (topic) => topic.startsWith('document.'), hand: sendNotices },
  { takes: (topic) => topic.startsWith('chat.'), hand: announceChat },
  { takes: (topic) => topic === 'booking.updated', hand: endShareLinks },
  { takes: (topic) => ofEndings.has(topic), hand: settleEnded },
  { takes: (topic) => topic === 'refund.updated', hand: sendRequested },
  { takes: (topic) => topic === 'sos.updated', hand: announceSos },
  { takes: (topic) => topic === 'sos.contacts', hand: tellContacts },
  { takes: (topic) => topic in newsReaders, hand: notify },
  { takes: (topic) => topic === 'user.session_revoked', hand: stopPushes },
]
