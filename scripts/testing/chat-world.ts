import { sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import { openConversation } from '../../db/queries/chat/open-conversation.ts'
import { type NewMessage, sendMessage } from '../../db/queries/chat/send-message.ts'
import type { BookingState } from '../../packages/booking/states.ts'
import { uuidv7 } from '../../packages/ids/uuid.ts'

/** Puts in the booking of a passenger on a ride, or moves the one that they have, past all rules of bookings. */
export async function setBooking(
  db: Db,
  { rideId, passengerId, state }: { rideId: string; passengerId: string; state: BookingState },
  now: Date,
): Promise<void> {
  const payWith = state === 'unpaid' ? 'online' : 'cash'
  await db.execute(sql`with moved as (
      update bookings set state = ${state}, pay_with = ${payWith} where ride_id = ${rideId} and passenger_id = ${passengerId} returning id)
    insert into bookings (id, quote_id, ride_id, passenger_id, seats, leg_from, leg_to, state, pickup_lat, pickup_lng,
      pickup_at, dropoff_lat, dropoff_lng, dropoff_at, fare_amount, pay_with, currency, expires_at, created_at, updated_at)
    select ${uuidv7()}::uuid, ${uuidv7()}::uuid, ${rideId}::uuid, ${passengerId}::uuid, 1, 0, 1, ${state}, 1, 1,
      ${now}::timestamptz, 1, 1, ${now}::timestamptz, 1, ${payWith}, 'INR', ${now}::timestamptz, ${now}::timestamptz,
      ${now}::timestamptz
    where not exists (select 1 from moved)`)
}

/** Opens a conversation that must be allowed; with nobody it is the group. Returns its id. */
export async function opened(
  db: Db,
  given: { rideId: string; openerId: string; receiverId?: string },
  now: Date,
): Promise<string> {
  const conversation = await openConversation(
    db,
    { id: uuidv7(now.getTime()), receiverId: null, ...given },
    now,
  )
  if (!conversation) throw new Error('not opened')
  return conversation.id
}

/** Sends a message; undefined where it is refused. */
export function send(
  db: Db,
  given: Pick<NewMessage, 'conversationId' | 'senderId'> & Partial<NewMessage>,
  now: Date,
) {
  const message = { id: uuidv7(now.getTime()), clientId: uuidv7(), body: 'Hello', fileId: null, flag: null }
  return sendMessage(db, { ...message, ...given }, now)
}

/** How a conversation is read by somebody: newest first. */
export const numbersOf = (messages: readonly { seq: number }[] | undefined) => messages?.map(({ seq }) => seq)
