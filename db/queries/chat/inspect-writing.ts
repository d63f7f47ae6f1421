import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow } from '#db/client.ts'
import { isBlockedPair } from '#db/queries/blocks/blocked-pair.ts'
import { isOnRide } from '#db/queries/rides/on-ride.ts'
import { rideStates } from '#packages/ride/transition.ts'
import { hasBooked, isForOthers, isThere } from './conditions.ts'
import { enquiriesOf } from './open-conversation.ts'
import { isAttachable } from './send-message.ts'
import { takingPart } from './taking-part.ts'

const unixMs = z.coerce.date().transform((date) => date.getTime())

const RideFacts = z.object({
  status: z.enum(rideStates),
  departsAt: unixMs,
  arrivesAt: unixMs,
  endedAt: unixMs.nullable(),
})

const DirectFacts = z.object({
  ride: RideFacts,
  writerDrives: z.boolean(),
  receiverDrives: z.boolean(),
  booked: z.boolean(),
  receiverThere: z.boolean(),
  blocked: z.boolean(),
})

const rideFacts = sql`jsonb_build_object('status', ride.status, 'departsAt', ride.departs_at,
  'arrivesAt', ride.arrives_at, 'endedAt', ride.ended_at) as ride`

/** The columns of DirectFacts, from a row of `rides` called `ride`. */
const directFacts = (writer: SQL, receiver: SQL): SQL => sql`${rideFacts},
  ride.driver_id = ${writer} as "writerDrives", ride.driver_id = ${receiver} as "receiverDrives",
  ${hasBooked(writer)} or ${hasBooked(receiver)} as booked,
  ${isThere(receiver)} as "receiverThere", ${isBlockedPair(writer, receiver)} as blocked`

const SendingRow = z.object({
  /** Null in a group. */
  direct: DirectFacts.nullable(),
  ride: RideFacts,
  attachable: z.boolean(),
})

/** What tells why a message was not written. Undefined: the sender takes no part in that conversation. */
export function inspectSending(
  db: Db,
  sending: { conversationId: string; senderId: string; fileId: string | null },
): Promise<z.infer<typeof SendingRow> | undefined> {
  const { conversationId, senderId, fileId } = sending
  const writer = sql`${senderId}::uuid`
  return readRow(
    db,
    sql`with part as (${takingPart(senderId, sql`conversation.id = ${conversationId}`)})
      select ${rideFacts}, ${fileId ? isAttachable(fileId, senderId) : sql`true`} as attachable,
        case part.kind when 'direct' then (select to_jsonb(facts) from (select ${directFacts(
          writer,
          sql`case part.pair_low when ${writer} then part.pair_high else part.pair_low end`,
        )}) facts) end as direct
      from part join rides ride on ride.id = part.ride_id`,
    SendingRow,
  )
}

const OpeningRow = DirectFacts.extend({
  forOthers: z.boolean(),
  enquiries: z.number(),
  /** The writer drives, or rides along. */
  ofGroup: z.boolean(),
})

/** What tells why a conversation was not opened; the receiver is null for the group. Undefined: there is no such ride. */
export function inspectOpening(
  db: Db,
  opening: { rideId: string; openerId: string; receiverId: string | null },
  now: Date,
): Promise<z.infer<typeof OpeningRow> | undefined> {
  const { rideId, openerId, receiverId } = opening
  const writer = sql`${openerId}::uuid`
  return readRow(
    db,
    sql`select ${directFacts(writer, sql`${receiverId ?? openerId}::uuid`)},
        ${isForOthers(openerId)} as "forOthers", ${enquiriesOf(openerId, now)} as enquiries,
        ${isOnRide(writer)} as "ofGroup"
      from rides ride where ride.id = ${rideId}`,
    OpeningRow,
  )
}
