import { z } from 'zod'
import type { OutboxRow } from '#db/queries/outbox/deliver.ts'
import type { RidePeopleRow } from '#db/queries/outbox/load-ride-people.ts'
import { bookingStates } from '#packages/booking/states.ts'
import { CapturedPayload, PayoutPayload, RefundPayload } from '#packages/notifications/money-news.ts'
import type { UserEvent } from '#packages/protocol/user-event.ts'
import { rideStates } from '#packages/ride/transition.ts'

/** What a person's hub is to do about an outbox row. */
export type Message =
  | { tell: UserEvent }
  | { endSession: string }
  | { hideFrom: readonly string[] | 'all' }
  | { forget: true }

/** A row's message to one person; a row that concerns several has one letter for each. */
export interface Letter {
  row: OutboxRow
  userId: string
  message: Message
}

const BookingPayload = z.object({
  bookingId: z.string(),
  passengerId: z.string(),
  state: z.enum(bookingStates),
  toDriver: z.boolean().default(true),
})
const RidePayload = z.object({ status: z.enum(rideStates) })
const SessionPayload = z.object({ sessionId: z.string() })
const HiddenPayload = z.object({ from: z.string().optional() })

/** The topics whose subject is a ride. */
export const rideTopics: ReadonlySet<string> = new Set(['booking.new', 'booking.updated', 'ride.updated'])
/** Every topic that people's hubs are told of. */
export const userTopics: ReadonlySet<string> = new Set([
  ...rideTopics,
  'user.session_revoked',
  'user.hidden',
  'user.deleted',
  'payment.captured',
  'refund.updated',
  'payout.updated',
])

/** The letters of a row. @param people of the ride it is about; undefined where there is none any more */
export function addressLetters(row: OutboxRow, people: RidePeopleRow | undefined): Letter[] {
  const { topic, subject, payload } = row
  const to = (userId: string, message: Message): Letter => ({ row, userId, message })
  switch (topic) {
    case 'user.session_revoked':
      return [to(subject, { endSession: SessionPayload.parse(payload).sessionId })]
    case 'user.hidden': {
      const { from } = HiddenPayload.parse(payload)
      return [to(subject, { hideFrom: from === undefined ? 'all' : [from] })]
    }
    case 'user.deleted':
      return [to(subject, { forget: true })]
    case 'payment.captured':
    case 'refund.updated':
    case 'payout.updated':
      return [to(subject, { tell: moneyEvent(row) })]
    default:
      return people ? lettersOfRide(row, people).map(({ userId, event }) => to(userId, { tell: event })) : []
  }
}

function moneyEvent({ id, topic, payload, createdAt }: OutboxRow): UserEvent {
  const at = createdAt.toISOString()
  switch (topic) {
    case 'payment.captured': {
      const { paymentId, bookingId } = CapturedPayload.parse(payload)
      return { type: 'payment:captured', id, paymentId, bookingId, at }
    }
    case 'refund.updated': {
      const { refundId, bookingId, state } = RefundPayload.parse(payload)
      return { type: 'refund:updated', id, refundId, bookingId, state, at }
    }
    default: {
      const { payoutId, state } = PayoutPayload.parse(payload)
      return { type: 'payout:updated', id, payoutId, state, at }
    }
  }
}

function lettersOfRide(
  { id, topic, subject: rideId, payload, createdAt }: OutboxRow,
  { driverId, passengers }: RidePeopleRow,
): { userId: string; event: UserEvent }[] {
  const at = createdAt.toISOString()
  if (topic === 'ride.updated') {
    const event = { type: 'ride:updated', id, rideId, status: RidePayload.parse(payload).status, at } as const
    return [...new Set([driverId, ...passengers])].map((userId) => ({ userId, event }))
  }
  const { bookingId, passengerId, state, toDriver } = BookingPayload.parse(payload)
  const type = topic === 'booking.new' ? 'booking:new' : 'booking:updated'
  const event = { type, id, bookingId, rideId, state, at } as const
  return [
    ...(toDriver ? [{ userId: driverId, event: { ...event, role: 'driver' } as const }] : []),
    { userId: passengerId, event: { ...event, role: 'passenger' } },
  ]
}
