import type { SmsTemplate } from '#packages/sms/sms-port.ts'

/** `hub`: the list in the app, and its open devices · `push`: every device · `sms`: the person's phone. */
export const channels = ['hub', 'push', 'sms'] as const
export type Channel = (typeof channels)[number]

/** `always`: nobody can decline it · `on`, `off`: unless the person chose otherwise. A channel that is not named is not used. */
export type Use = 'always' | 'on' | 'off'

/** What a kind is about: the newest push of a thread takes the place of those before it, on its way and on the device. */
export type Thread =
  | 'booking'
  | 'ride'
  | 'review'
  | 'document'
  | 'chat'
  | 'sos'
  | 'search'
  | 'payment'
  | 'payout'
  | 'message'

/** Until when it matters, beside `hours`: until the booking's answer is due, its ride departs, or has arrived. */
export type Until = 'answer' | 'departure' | 'arrival'

export interface Kind {
  /** Who gets it. For the table in docs/notifications.md. */
  to: string
  /** What makes it. */
  when: string
  use: Partial<Record<Channel, Use>>
  thread: Thread
  /** After so many hours it no longer matters. */
  hours: number
  until?: Until
  /** It may ring in quiet hours. */
  urgent?: boolean
  /** The registered text for the channel `sms`. */
  sms?: SmsTemplate
  /** A push waits so long whether the person sees it anyway. */
  graceSeconds?: number
}

const toDriver = { thread: 'booking', hours: 24, until: 'departure' } as const
const toPassenger = { thread: 'booking', hours: 24, until: 'arrival' } as const
const both = { hub: 'on', push: 'on' } as const

/** Every kind of notification there is. */
export const kinds = {
  booking_requested: {
    ...{ to: 'driver', when: 'somebody asks for seats that the driver has to agree to', use: both },
    ...{ thread: 'booking', hours: 24, until: 'answer' },
  },
  booking_made: {
    ...{ to: 'driver', when: 'seats are booked without asking, or an offer is taken up', use: both },
    ...toDriver,
  },
  booking_withdrawn: { to: 'driver', when: 'a passenger cancels', use: both, ...toDriver },
  booking_confirmed: { to: 'passenger', when: 'the driver accepts', use: both, ...toPassenger },
  booking_rejected: { to: 'passenger', when: 'the driver declines', use: both, ...toPassenger },
  booking_expired: { to: 'passenger', when: 'the driver did not answer in time', use: both, ...toPassenger },
  marked_absent: {
    ...{ to: 'passenger', when: 'the driver says that they were not there', use: both },
    ...toPassenger,
  },
  seats_offered: {
    to: 'passenger',
    when: 'seats became free for who waits longest; they are held for minutes',
    use: both,
    ...{ thread: 'booking', hours: 1, until: 'answer', urgent: true },
  },
  ride_changed: {
    ...{ to: 'passenger', when: 'the driver changes the ride so much that passengers may leave free' },
    use: { hub: 'always', push: 'always' },
    ...{ thread: 'booking', hours: 48, until: 'departure', urgent: true },
  },
  ride_cancelled: {
    ...{ to: 'passenger', when: 'the driver cancels the ride', thread: 'booking', hours: 24, until: 'arrival' },
    ...{ use: { hub: 'always', push: 'always', sms: 'always' }, urgent: true, sms: 'ride_cancelled' },
  },
  ride_started: {
    ...{ to: 'passenger', when: 'the driver sets off', use: both, thread: 'ride', hours: 2, until: 'arrival' },
    urgent: true,
  },
  review_due: {
    ...{ to: 'driver, passenger', when: 'a booking is completed', use: both },
    ...{ thread: 'review', hours: 72 },
  },
  review_visible: {
    ...{ to: 'who it is about', when: 'a review can be read', use: both },
    ...{ thread: 'review', hours: 72 },
  },
  document_expiring: {
    ...{ to: 'driver', when: 'a document ends soon (the SMS is workers/events/send-notices.ts)', use: both },
    ...{ thread: 'document', hours: 72 },
  },
  document_rejected: {
    ...{ to: 'driver', when: 'a reviewer rejects a document (the SMS as above)' },
    ...{ use: { hub: 'always', push: 'on' }, thread: 'document', hours: 72 },
  },
  chat_message: {
    ...{ to: 'the other members', when: 'a message was not delivered to any device within the grace time' },
    // The conversation itself is the list.
    ...{ use: { push: 'on' }, thread: 'chat', hours: 24, graceSeconds: 5 },
  },
  sos_raised: {
    ...{ to: 'operators', when: 'somebody calls for help', use: { hub: 'always', push: 'always' } },
    ...{ thread: 'sos', hours: 24, urgent: true },
  },
  sos_acknowledged: {
    ...{ to: 'who called', when: 'an operator takes the call', use: { hub: 'always', push: 'always' } },
    ...{ thread: 'sos', hours: 2, urgent: true },
  },
  ride_found: {
    ...{ to: 'who saved a search', when: 'a ride turns up for it', use: both },
    ...{ thread: 'search', hours: 24, until: 'departure' },
  },
  passenger_found: {
    ...{ to: 'driver', when: 'a saved search matches their ride', use: { hub: 'on', push: 'off' } },
    ...{ thread: 'ride', hours: 24, until: 'departure' },
  },
  payment_missed: {
    ...{ to: 'passenger', when: 'seats were held for a payment that did not come in time', use: both },
    ...toPassenger,
  },
  payment_received: {
    ...{ to: 'passenger', when: 'the payment of a booking came in', use: both },
    ...{ thread: 'payment', hours: 24 },
  },
  refund_sent: {
    ...{ to: 'passenger', when: 'money has left for their account', use: both },
    ...{ thread: 'payment', hours: 72 },
  },
  refund_failed: {
    ...{ to: 'passenger', when: 'money could not be sent back', use: { hub: 'always', push: 'on' } },
    ...{ thread: 'payment', hours: 72 },
  },
  payout_paid: {
    ...{ to: 'driver', when: 'a withdrawal was paid out', use: both },
    ...{ thread: 'payout', hours: 72 },
  },
  payout_failed: {
    ...{ to: 'driver', when: 'a withdrawal was declined, failed, or came back: the wallet has it again' },
    ...{ use: { hub: 'always', push: 'on' }, thread: 'payout', hours: 72 },
  },
  payout_waiting: {
    ...{ to: 'finance staff', when: 'a withdrawal waits for an approval, or to be paid by hand' },
    ...{ use: { hub: 'always', push: 'on' }, thread: 'payout', hours: 72 },
  },
  announcement: {
    ...{ to: 'whom operations name', when: 'POST /notifications', use: { hub: 'always', push: 'on' } },
    ...{ thread: 'message', hours: 72 },
  },
  offer: {
    ...{ to: 'whom operations name, if they want offers', when: 'POST /notifications', use: both },
    ...{ thread: 'message', hours: 24 },
  },
} as const satisfies Record<string, Kind>

export type KindName = keyof typeof kinds
export const kindNames = Object.keys(kinds).filter((name): name is KindName => name in kinds)

/** A kind as every kind is described. */
export const kindOf = (name: KindName): Kind => kinds[name]

/** What a person may choose about: every channel of every kind that can be declined. */
export function isChoice(name: KindName, channel: Channel): boolean {
  const use = kindOf(name).use[channel]
  return use === 'on' || use === 'off'
}
