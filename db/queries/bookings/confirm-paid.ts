import { type SQL, sql } from 'drizzle-orm'
import { isBlockedPair } from '#db/queries/blocks/blocked-pair.ts'
import { tellBookings } from '#db/queries/outbox/tell.ts'
import { takeLegs } from '#db/queries/seats/assign-places.ts'
import { fitsEntry } from '#db/queries/seats/fitting-entry.ts'
import { recordTransitions } from '#db/queries/seats/record-transitions.ts'
import { keepsWishes, passageOf } from '#db/queries/seats/same-gender.ts'
import { ANSWER_MS } from '#packages/booking/answer-deadline.ts'

/**
 * CTEs by which the booking that the relation `source` names (0 or 1 row, column `booking_id`) counts as paid: confirmed on an
 * instant route, else the driver is asked. Its hold may have lapsed as long as its seats were not given back. `paid_booking` is
 * the booking as it then is; empty where it waits for no payment, or its ride no longer takes this passenger.
 * The locks of its passenger and its ride are held (`lockRideOfPayer`).
 *
 * With `retake` a booking that expired unpaid gets its seats back, where nobody waits for them and its ride is as it was. Then it
 * violates `ride_legs_taken_check`, `booking_seats_no_overlap` or `bookings_one_active` where they are gone, or the passenger
 * has others; without, that booking stays as it ended.
 */
export function confirmPaid(source: string, { retake }: { retake: boolean }, now: Date): SQL {
  const answerBy = new Date(now.getTime() + ANSWER_MS)
  // As long as a hold counts, its places and times move along with the ride.
  const unchangedSince = (instant: SQL) => sql`coalesce(routes.updated_at, '-infinity') < ${instant}`
  const held = sql`(booking.state = 'unpaid'
    and (booking.expires_at > ${now} or ${unchangedSince(sql`booking.expires_at`)}))`
  const lost = sql`(booking.state = 'expired' and ${unchangedSince(sql`(
      select case state when 'unpaid' then at end from booking_transitions
      where booking_id = booking.id order by step desc offset 1 limit 1)`)}
    and ${keepsWishes(passageOf('booking'))}
    and not exists (select 1 from waitlist_entries entry where entry.ride_id = booking.ride_id
      and entry.passenger_id <> booking.passenger_id and entry.leg_from < booking.leg_to
      and entry.leg_to > booking.leg_from and ${fitsEntry(now)}))`
  return sql`paid_due as (
      select booking.*, routes.booking_mode, rides.departs_at
      from ${sql.raw(source)} paid join bookings booking on booking.id = paid.booking_id
        join rides on rides.id = booking.ride_id and rides.status = 'scheduled' and rides.departs_at > ${now}
        join routes on routes.id = rides.route_id
        join users on users.id = booking.passenger_id and users.deleted_at is null and users.banned_at is null
      where (${held} ${retake ? sql`or ${lost}` : sql``})
        and (not routes.women_only or users.gender = 'female')
        and not ${isBlockedPair(sql`booking.passenger_id`, sql`rides.driver_id`)}
    ), paid_lost as (
      select * from paid_due where state = 'expired'
    ), paid_legs as (${takeLegs('paid_lost')}), paid_places as (
      update booking_seats set holds = true from paid_lost where booking_seats.booking_id = paid_lost.id
    ), paid_booking as (
      update bookings set updated_at = ${now},
        state = case booking_mode when 'instant' then 'confirmed' else 'pending' end,
        expires_at = case booking_mode when 'instant' then null else least(${answerBy}::timestamptz, departs_at) end
      from paid_due where bookings.id = paid_due.id
      returning bookings.*
    ), paid_entries as (
      -- Who waited again after the hold had lapsed has two entries, of which one became the booking.
      update waitlist_entries set state = 'booked', updated_at = ${now}, booking_id = coalesce(waitlist_entries.booking_id,
        (select paid.id where not exists (select 1 from waitlist_entries other where other.booking_id = paid.id)))
      from paid_booking paid
      where (waitlist_entries.booking_id = paid.id and waitlist_entries.state in ('offered', 'lapsed'))
        or (waitlist_entries.ride_id = paid.ride_id and waitlist_entries.passenger_id = paid.passenger_id
          and waitlist_entries.state = 'waiting')
    ), paid_steps as (${recordTransitions('paid_booking', sql`passenger_id`, now)}),
    paid_told as (${tellBookings('paid_booking', 'booking.new', now)})`
}
