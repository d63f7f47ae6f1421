import { z } from 'zod'
import { bookingStates } from '#packages/booking/states.ts'
import { messageFlags } from '#packages/chat/message-flags.ts'
import { refundStates } from '#packages/payments/states.ts'
import { payoutStates } from '#packages/payouts/states.ts'
import { rideStates } from '#packages/ride/transition.ts'
import { RideRole } from './server-frame.ts'

const id = z.uuid()
const at = z.iso.datetime({ offset: true })

/** A message of a conversation, as its members see it. A deleted one has neither body nor attachment. */
export const ChatMessage = z.object({
  id,
  conversationId: id,
  /** Its place in the conversation, without gaps. */
  seq: z.int().min(1),
  rideId: id,
  senderId: id,
  clientId: id,
  body: z.string().nullable(),
  attachment: z
    .object({
      filename: z.string(),
      mediaType: z.string(),
      bytes: z.int(),
      url: z.string(),
      expiresAt: at.nullable(),
    })
    .nullable(),
  /** Why it is shown with a warning. */
  flag: z.enum(messageFlags).nullable(),
  sentAt: at,
  deletedAt: at.nullable(),
})
export type ChatMessage = z.infer<typeof ChatMessage>

const booking = { id, bookingId: id, rideId: id, state: z.enum(bookingStates), role: RideRole, at }

/**
 * What a person's open apps are told, after it committed. Delivered at least once: `id` names the event, so the hub can
 * ignore repetitions. The names are those of the Socket.IO events. `role` is who the person is in it.
 */
export const UserEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('booking:new'), ...booking }),
  z.object({ type: z.literal('booking:updated'), ...booking }),
  z.object({ type: z.literal('ride:updated'), id, rideId: id, status: z.enum(rideStates), at }),
  z.object({ type: z.literal('chat:message'), id, message: ChatMessage, at }),
  /** `messageSeq` is the message's place: the hub numbers its events as `seq`. */
  z.object({
    type: z.literal('chat:deleted'),
    id,
    conversationId: id,
    messageId: id,
    messageSeq: z.int(),
    at,
  }),
  /** How far a member has come: everything up to these numbers arrived, was read. */
  z.object({
    type: z.literal('chat:receipt'),
    id,
    conversationId: id,
    userId: id,
    deliveredSeq: z.int(),
    readSeq: z.int(),
    at,
  }),
  z.object({
    type: z.literal('notification:new'),
    id,
    notification: z.object({
      id,
      kind: z.string(),
      title: z.string(),
      body: z.string(),
      data: z.record(z.string(), z.string()),
      createdAt: at,
    }),
    at,
  }),
  /** To operators of the staff, and to who raised it. */
  z.object({
    type: z.literal('sos:updated'),
    id,
    alertId: id,
    rideId: id.nullable(),
    state: z.enum(['raised', 'acknowledged', 'resolved']),
    at,
  }),
  /** To the passenger of the booking: money came in, money goes back. */
  z.object({ type: z.literal('payment:captured'), id, paymentId: id, bookingId: id, at }),
  z.object({
    ...{ type: z.literal('refund:updated'), id, refundId: id, bookingId: id, state: z.enum(refundStates), at },
  }),
  /** To the driver. */
  z.object({ type: z.literal('payout:updated'), id, payoutId: id, state: z.enum(payoutStates), at }),
])
export type UserEvent = z.infer<typeof UserEvent>
