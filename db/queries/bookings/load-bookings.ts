import { type SQL, sql } from 'drizzle-orm'
import { type Db, readRow, readRows } from '#db/client.ts'
import type { RideTime } from '#db/queries/rides/load-rides.ts'
import type { BookingSide } from '#packages/booking/sides.ts'
import { activeStates, type BookingState } from '#packages/booking/states.ts'
import { BookingRow, bookingView } from './booking-view.ts'
import { isKnownToDriver } from './known-to-driver.ts'

/** A booking that this user made or drives; to the driver it is not there before it is paid. */
export function loadBooking(db: Db, id: string, userId: string): Promise<BookingRow | undefined> {
  return readRow(
    db,
    sql`with booking as (select * from bookings where id = ${id}) ${bookingView}
      where booking.passenger_id = ${userId} or (ride_of.driver_id = ${userId} and ${isKnownToDriver('booking')})`,
    BookingRow,
  )
}

export interface BookingPage {
  userId: string
  side: BookingSide
  rideId?: string | undefined
  state?: BookingState | undefined
  when?: RideTime | undefined
  before?: string | undefined
  limit: number
}

/** A user's bookings as passenger or as driver, newest first. */
export function listBookings(db: Db, page: BookingPage, now: Date): Promise<BookingRow[]> {
  const mine =
    page.side === 'passenger'
      ? sql`passenger_id = ${page.userId}`
      : sql`ride_id in (select id from rides where driver_id = ${page.userId}) and ${isKnownToDriver('bookings')}`
  const ride = page.rideId ? sql`and ride_id = ${page.rideId}` : sql``
  const state = page.state ? sql`and state = ${page.state}` : sql``
  const older = page.before ? sql`and id < ${page.before}` : sql``
  return readRows(
    db,
    sql`with booking as (
        select * from bookings where ${mine} ${ride} ${state} ${during(page.when, now)} ${older}
        order by id desc limit ${page.limit})
      ${bookingView} order by booking.id desc`,
    BookingRow,
  )
}

/** A booking is ahead while it holds its seats and its passenger has not been due at the end of the way, or is on it. */
function during(when: BookingPage['when'], now: Date): SQL {
  if (!when) return sql``
  const upcoming = sql`(state in ${activeStates} and (dropoff_at > ${now}
    or exists (select 1 from rides where rides.id = bookings.ride_id and rides.status = 'started')))`
  return when === 'upcoming' ? sql`and ${upcoming}` : sql`and not ${upcoming}`
}
