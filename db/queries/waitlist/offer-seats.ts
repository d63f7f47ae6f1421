import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, writeLocked } from '#db/client.ts'
import { tellBookings } from '#db/queries/outbox/tell.ts'
import { assignPlaces, takeLegs, takePlaces } from '#db/queries/seats/assign-places.ts'
import { fitsEntry, offeringUntil } from '#db/queries/seats/fitting-entry.ts'
import { lapseHolds } from '#db/queries/seats/lapse-holds.ts'
import { lockRide } from '#db/queries/seats/lock-ride.ts'
import { policyAt } from '#db/queries/seats/policy-at.ts'
import { recordTransitions } from '#db/queries/seats/record-transitions.ts'
import { wishOf } from '#db/queries/seats/same-gender.ts'
import { OFFER_ENDS_BEFORE_MS, OFFER_MS } from '#packages/booking/offer-window.ts'

const OfferedRow = z.object({ id: z.string(), passengerId: z.string() })

/** A statement that ends the waiting for seats that can no longer be offered. */
const lapseEntries = (
  rideId: string,
  now: Date,
) => sql`update waitlist_entries set state = 'lapsed', updated_at = ${now}
  where ride_id = ${rideId} and state = 'waiting' and not exists (
    select 1 from rides where id = ${rideId} and status = 'scheduled' and departs_at >= ${offeringUntil(now)})`

/** An instant that the quote has as Unix milliseconds. */
const instantOf = (...path: string[]) =>
  sql`to_timestamp((next.offer #>> ${`{${path.join(',')}}`})::float8 / 1000)`
const degreesOf = (...path: string[]) => sql`(next.offer #>> ${`{${path.join(',')}}`})::float8`

/**
 * Ends what has lapsed on a ride, and offers free seats to who has waited longest of those whom they suffice: a booking in the
 * state `offered` holds them for OFFER_MS, but not to the departure. A later departure moves its times along.
 * Undefined: there is nobody to offer any to.
 * @param id of the booking
 */
export function offerSeats(
  db: Db,
  { id, rideId }: { id: string; rideId: string },
  now: Date,
): Promise<z.infer<typeof OfferedRow> | undefined> {
  const [legFrom, legTo] = [sql`(select leg_from::int from next)`, sql`(select leg_to::int from next)`]
  const places = assignPlaces({
    ride: 'ride',
    legFrom,
    legTo,
    seats: sql`(select seats from next)`,
    chosen: null,
  })
  const latest = new Date(now.getTime() + OFFER_MS)
  const write = sql`with next as (
      select entry.* from waitlist_entries entry where entry.ride_id = ${rideId} and ${fitsEntry(now)}
      order by entry.id limit 1 for update of entry
    ), ride as (
      select rides.id, vehicle_id, seat_map_version, departs_at, departs_at - ${instantOf('departsAt')} as delay
      from next join rides on rides.id = next.ride_id
    ), ${places}, wanted as (
      select ride_id, leg_from, leg_to, seats from next
    ), taken as (${takeLegs('wanted')}), booking as (
      insert into bookings (id, quote_id, ride_id, passenger_id, seats, leg_from, leg_to, state,
        pickup_lat, pickup_lng, pickup_at, dropoff_lat, dropoff_lng, dropoff_at,
        policy_version, fare_amount, currency, same_gender, expires_at, created_at, updated_at)
      select ${id}::uuid, (next.offer ->> 'id')::uuid, ride.id, next.passenger_id, next.seats, next.leg_from, next.leg_to,
        'offered', ${degreesOf('pickup', 'lat')}, ${degreesOf('pickup', 'lng')}, ${instantOf('pickup', 'at')} + ride.delay,
        ${degreesOf('dropoff', 'lat')}, ${degreesOf('dropoff', 'lng')}, ${instantOf('dropoff', 'at')} + ride.delay,
        ${policyAt(instantOf('issuedAt'))}, (next.offer ->> 'fareAmount')::int, next.offer ->> 'currency',
        ${wishOf('next')},
        least(${latest}::timestamptz, ride.departs_at - ${OFFER_ENDS_BEFORE_MS}::int * interval '1 millisecond'),
        ${now}::timestamptz, ${now}::timestamptz
      from next, ride where (select count(*) from taken) = next.leg_to - next.leg_from
      returning *
    ), seated as (${takePlaces}), entries as (
      update waitlist_entries set state = 'offered', booking_id = booking.id, updated_at = ${now} from booking, next
      where waitlist_entries.id = next.id
    ), steps as (${recordTransitions('booking', null, now)}),
    told as (${tellBookings('booking', 'booking.new', now)})
    select id from booking`
  const before = [lockRide(rideId), lapseHolds(rideId, now), lapseEntries(rideId, now)] as const
  const view = sql`select id, passenger_id as "passengerId" from bookings where id = ${id}`
  return writeLocked(db, { before, write, view }, OfferedRow)
}
