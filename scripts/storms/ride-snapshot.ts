import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow } from '#db/client.ts'
import { WAITLIST_STATES } from '#db/schema/index.ts'
import { bookingStates } from '#packages/booking/states.ts'
import { rideStates } from '#packages/ride/transition.ts'

const Booking = z.object({
  id: z.string(),
  passengerId: z.string(),
  state: z.enum(bookingStates),
  seats: z.number(),
  legFrom: z.number(),
  legTo: z.number(),
  expiresAt: z.coerce.date().nullable(),
  cancelledBy: z.string().nullable(),
  /** The named seats, with whether they are held. */
  places: z.array(z.object({ seat: z.string(), from: z.number(), to: z.number(), holds: z.boolean() })),
  steps: z.array(z.enum(bookingStates)),
  /** The states that were announced. */
  told: z.array(z.enum(bookingStates)),
  /** Of these, those that the driver heard of. */
  toldDriver: z.array(z.enum(bookingStates)),
})

export const RideSnapshot = z.object({
  status: z.enum(rideStates),
  legs: z.array(z.object({ capacity: z.number(), taken: z.number() })),
  bookings: z.array(Booking),
  /** In the order of waiting. */
  entries: z.array(
    z.object({
      passengerId: z.string(),
      state: z.enum(WAITLIST_STATES),
      bookingId: z.string().nullable(),
      seats: z.number(),
      legFrom: z.number(),
      legTo: z.number(),
    }),
  ),
})
export type RideSnapshot = z.infer<typeof RideSnapshot>

const Row = z.object({ ride: RideSnapshot })

/** Everything about the seats of a ride, as it is in the tables. */
export async function readSnapshot(db: Db, rideId: string): Promise<RideSnapshot> {
  const row = await readRow(
    db,
    sql`with told as materialized (select seq, payload from outbox where subject = ${rideId})
      select jsonb_build_object('status', ride.status,
        'legs', (select jsonb_agg(jsonb_build_object('capacity', capacity, 'taken', taken) order by leg)
          from ride_legs where ride_id = ride.id),
        'bookings', (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'passengerId', passenger_id, 'state', state,
            'seats', seats, 'legFrom', leg_from, 'legTo', leg_to, 'expiresAt', expires_at, 'cancelledBy', cancelled_by,
            'places', (select coalesce(jsonb_agg(jsonb_build_object('seat', seat, 'from', lower(legs), 'to', upper(legs),
                'holds', holds) order by seat), '[]') from booking_seats where booking_id = booking.id),
            'steps', (select coalesce(jsonb_agg(state order by step), '[]') from booking_transitions
              where booking_id = booking.id),
            'told', (select coalesce(jsonb_agg(payload -> 'state' order by seq), '[]') from told
              where payload ->> 'bookingId' = booking.id::text),
            'toldDriver', (select coalesce(jsonb_agg(payload -> 'state' order by seq), '[]') from told
              where payload ->> 'bookingId' = booking.id::text and payload ->> 'toDriver' is distinct from 'false'))
            order by created_at, id), '[]')
          from bookings booking where ride_id = ride.id),
        'entries', (select coalesce(jsonb_agg(jsonb_build_object('passengerId', passenger_id, 'state', state,
            'bookingId', booking_id, 'seats', seats, 'legFrom', leg_from, 'legTo', leg_to) order by id), '[]')
          from waitlist_entries where ride_id = ride.id)) as ride
      from rides ride where ride.id = ${rideId}`,
    Row,
  )
  if (!row) throw new Error(`There is no ride ${rideId}`)
  return row.ride
}
