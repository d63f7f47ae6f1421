import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRows } from '#db/client.ts'
import { idList } from '#db/lists.ts'
import { bookingStates } from '#packages/booking/states.ts'

const BookingNewsRow = z.object({
  eventId: z.string(),
  bookingId: z.string(),
  rideId: z.string(),
  driverId: z.string(),
  passengerId: z.string(),
  previous: z.enum(bookingStates).nullable(),
  moved: z.boolean(),
  actorId: z.string().nullable(),
  rideChanged: z.boolean(),
  rideCancelled: z.boolean(),
  expiresAt: z.coerce.date().nullable(),
  pickupAt: z.coerce.date(),
  arrivesAt: z.coerce.date(),
})
export type BookingNewsRow = z.infer<typeof BookingNewsRow>

/** An event about a booking. What was written with it has the same instant. */
export interface BookingEvent {
  eventId: string
  bookingId: string
  state: string
  at: Date
}

/** What is known about these bookings, and what happened to each with its event. */
export function loadBookingNews(db: Db, events: readonly BookingEvent[]): Promise<BookingNewsRow[]> {
  return readRows(
    db,
    sql`select event."eventId", booking.id as "bookingId", ride.id as "rideId", ride.driver_id as "driverId",
        booking.passenger_id as "passengerId", booking.expires_at as "expiresAt", booking.pickup_at as "pickupAt",
        ride.arrives_at as "arrivesAt", step.booking_id is not null as moved, step.actor_id as "actorId",
        (select state from booking_transitions former where former.booking_id = booking.id and former.step = step.step - 1)
          as previous,
        exists (select 1 from ride_changes change where change.ride_id = ride.id and change.material
          and change.at = event.at) as "rideChanged",
        ride.status = 'cancelled' and coalesce(ride.ended_at = event.at, false) as "rideCancelled"
      from jsonb_to_recordset(${JSON.stringify(events)}::jsonb) as event("eventId" uuid, "bookingId" uuid, state text,
        at timestamptz)
      join bookings booking on booking.id = event."bookingId"
      join rides ride on ride.id = booking.ride_id
      left join lateral (
        select * from booking_transitions where booking_id = booking.id and state = event.state and at = event.at
        order by step desc limit 1
      ) step on true`,
    BookingNewsRow,
  )
}

const StartedRow = z.object({
  rideId: z.string(),
  driverId: z.string(),
  passengers: z.array(z.object({ userId: z.string(), bookingId: z.string() })),
  departsAt: z.coerce.date(),
  arrivesAt: z.coerce.date(),
})

/** Who waits for rides that have started. */
export function loadStartedRides(db: Db, rideIds: readonly string[]): Promise<z.infer<typeof StartedRow>[]> {
  return readRows(
    db,
    sql`select ride.id as "rideId", ride.driver_id as "driverId", ride.departs_at as "departsAt",
        ride.arrives_at as "arrivesAt", coalesce((
          select jsonb_agg(jsonb_build_object('userId', passenger_id, 'bookingId', id)) from bookings
          where ride_id = ride.id and state = 'confirmed'
        ), '[]') as passengers
      from rides ride where ride.status = 'started' and ride.id in ${idList(rideIds)}`,
    StartedRow,
  )
}

const RideTimesRow = z.object({ rideId: z.string(), departsAt: z.coerce.date(), arrivesAt: z.coerce.date() })

/** When rides run. */
export function loadRideTimes(db: Db, rideIds: readonly string[]): Promise<z.infer<typeof RideTimesRow>[]> {
  return readRows(
    db,
    sql`select id as "rideId", departs_at as "departsAt", arrives_at as "arrivesAt" from rides
      where id in ${idList(rideIds)}`,
    RideTimesRow,
  )
}

const SaidRow = z.object({
  messageId: z.string(),
  conversationId: z.string(),
  rideId: z.string(),
  senderId: z.string(),
  to: z.array(z.string()),
})

/** For whom messages are: everybody else who takes part and has not got them yet. */
export function loadSaid(db: Db, messageIds: readonly string[]): Promise<z.infer<typeof SaidRow>[]> {
  return readRows(
    db,
    sql`select message.id as "messageId", message.conversation_id as "conversationId",
        conversation.ride_id as "rideId", message.sender_id as "senderId", coalesce((
          select jsonb_agg(member.user_id) from conversation_members member
          where member.conversation_id = message.conversation_id and member.user_id <> message.sender_id
            and member.left_at is null and member.joined_seq < message.seq and member.delivered_seq < message.seq
        ), '[]') as "to"
      from messages message join conversations conversation on conversation.id = message.conversation_id
      where message.deleted_at is null and message.id in ${idList(messageIds)}`,
    SaidRow,
  )
}
