import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRows } from '#db/client.ts'
import { deleteAccount } from '#db/queries/auth/delete-account.ts'
import { countUnread } from '#db/queries/chat/count-unread.ts'
import { deleteMessage } from '#db/queries/chat/delete-message.ts'
import { listMessages } from '#db/queries/chat/list-messages.ts'
import { markMessage } from '#db/queries/chat/move-marks.ts'
import { openConversation } from '#db/queries/chat/open-conversation.ts'
import { sendMessage } from '#db/queries/chat/send-message.ts'
import { uuidv7 } from '#packages/ids/uuid.ts'
import { newPeople, newRide, quoteFor } from './new-ride.ts'
import { act, book } from './perform.ts'
import { atOnce, type Storm } from './storm.ts'

const RIDERS = 6
const MESSAGES = 40
const HOUR_MS = 3600_000

/**
 * A group talks, reads and deletes while people leave it, and somebody who only asked deletes their account in the middle of
 * their own sentences. Nothing may wait for each other in a circle, and the numbers must come out right.
 */
export const talking: Storm = {
  name: 'a group talks',
  rounds: 30,
  run: async (db, now) => {
    const departsAt = new Date(now.getTime() + 5 * HOUR_MS)
    const ride = await newRide(db, { bookingMode: 'instant', legs: 1, capacity: RIDERS, departsAt }, now)
    const { rideId, driverId } = ride
    const [asker = '', ...riders] = await newPeople(db, RIDERS + 1, now)
    const part = { legFrom: 0, legTo: 1, seats: 1 }
    const booked = await Promise.all(riders.map((id) => book(db, quoteFor(ride, id, part, now), null, now)))
    const open = (openerId: string, receiverId: string | null) =>
      openConversation(db, { id: uuidv7(now.getTime()), rideId, openerId, receiverId }, now)
    const [group, direct] = [(await open(driverId, null))?.id ?? '', (await open(asker, driverId))?.id ?? '']
    const send = (conversationId: string, senderId: string, clientId = uuidv7()) =>
      sendMessage(
        db,
        {
          ...{ id: uuidv7(now.getTime()), conversationId, senderId, clientId },
          ...{ body: 'Hello', fileId: null, flag: null },
        },
        now,
      )
    const first = await send(group, driverId)
    const own = await send(direct, asker)
    const people = [driverId, ...riders]
    const somebody = (n: number) => people[n % people.length] ?? ''
    const twice = uuidv7()
    const outcomes = await atOnce(
      [
        ...Array.from({ length: MESSAGES }, (_, n) => () => send(group, somebody(n))),
        ...Array.from({ length: 6 }, () => () => send(group, driverId, twice)),
        ...Array.from({ length: 10 }, (_, n) => () => send(direct, n % 2 ? asker : driverId)),
        ...people.map((userId) => () => listMessages(db, { conversationId: group, userId, limit: 20 }, now)),
        ...people.map(
          (userId) => () => markMessage(db, { messageId: first?.id ?? '', userId, mark: 'read' }, now),
        ),
        ...people.map((userId) => () => countUnread(db, userId)),
        () => deleteMessage(db, { messageId: first?.id ?? '', senderId: driverId }, now),
        () => deleteMessage(db, { messageId: own?.id ?? '', senderId: asker }, now),
        () => open(riders[0] ?? '', driverId),
        () => open(driverId, riders[0] ?? ''),
        ...booked
          .slice(0, 2)
          .map(
            (booking) => () =>
              act(
                db,
                { bookingId: booking?.id ?? '', actorId: booking?.passengerId ?? '', action: 'cancel' },
                now,
              ),
          ),
        () => deleteAccount(db, asker, now),
      ],
      (request) => request(),
    )
    return { ride, outcomes, broken: await brokenTalk(db, rideId) }
  },
}

/** What must hold of the conversations of a ride, whatever happened. */
async function brokenTalk(db: Db, rideId: string): Promise<string[]> {
  const rows = await readRows(
    db,
    sql`select kind,
        (select coalesce(jsonb_agg(seq order by seq), '[]') from messages where conversation_id = c.id)
          = (select coalesce(jsonb_agg(n order by n), '[]') from generate_series(1, c.last_seq) n) as "withoutGaps",
        (select count(*) from outbox where topic = 'chat.message' and subject = c.id) = c.last_seq as "toldOnce",
        not exists (select 1 from conversation_members where conversation_id = c.id
          and (read_seq > c.last_seq or delivered_seq > c.last_seq)) as "marksWithin",
        not exists (select 1 from messages join users on users.id = sender_id
          where conversation_id = c.id and users.deleted_at is not null and body is not null) as "goneIsSilent"
      from conversations c where ride_id = ${rideId}`,
    z.object({
      kind: z.string(),
      withoutGaps: z.boolean(),
      toldOnce: z.boolean(),
      marksWithin: z.boolean(),
      goneIsSilent: z.boolean(),
    }),
  )
  return rows.flatMap(({ kind, ...rules }) =>
    Object.entries(rules).flatMap(([rule, holds]) => (holds ? [] : [`${kind}: ${rule} does not hold`])),
  )
}
