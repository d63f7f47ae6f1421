import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow, readRows } from '#db/client.ts'
import { comingStates } from '#packages/booking/states.ts'
import { type RideState, rideStates } from '#packages/ride/transition.ts'
import { RideRow, rideView } from './ride-view.ts'

export function loadRide(db: Db, id: string, now: Date): Promise<RideRow | undefined> {
  return readRow(db, sql`with ride as (select * from rides where id = ${id}) ${rideView(now)}`, RideRow)
}

/** What is still ahead or under way, and what is over. */
export const RIDE_TIMES = ['upcoming', 'past'] as const
export type RideTime = (typeof RIDE_TIMES)[number]

export interface RidePage {
  driverId: string
  status?: RideState | undefined
  when?: RideTime | undefined
  before?: string | undefined
  limit: number
}

/** A driver's rides, newest first, older than `before`. */
export function listRides(db: Db, page: RidePage, now: Date): Promise<RideRow[]> {
  const status = page.status ? sql`and status = ${page.status}` : sql``
  const older = page.before ? sql`and id < ${page.before}` : sql``
  return readRows(
    db,
    sql`with ride as (
        select * from rides where driver_id = ${page.driverId} ${status} ${during(page.when, now)} ${older}
        order by id desc limit ${page.limit})
      ${rideView(now)} order by ride.id desc`,
    RideRow,
  )
}

/** A ride that nobody started is over when it would have arrived. */
function during(when: RidePage['when'], now: Date): SQL {
  if (!when) return sql``
  const upcoming = sql`(status = 'started' or (status = 'scheduled' and arrives_at > ${now}))`
  return when === 'upcoming' ? sql`and ${upcoming}` : sql`and not ${upcoming}`
}

const RideMemberRow = z.object({
  status: z.enum(rideStates),
  departsAt: z.coerce.date(),
  driverId: z.string(),
  bookingId: z.string().nullable(),
  bookingState: z.enum(comingStates).nullable(),
  pickupAt: z.coerce.date().nullable(),
})

type RideMemberRow = z.infer<typeof RideMemberRow>

/** A ride and how this user belongs to it: as its driver, or through a confirmed booking, or not at all. */
export async function loadRideMember(
  db: Db,
  rideId: string,
  userId: string,
): Promise<RideMemberRow | undefined> {
  return (await loadRideMembers(db, [{ rideId, userId }]))[0]
}

/** The same for many at once, in their order; undefined where there is no such ride. */
export async function loadRideMembers(
  db: Db,
  wishes: readonly { rideId: string; userId: string }[],
): Promise<(RideMemberRow | undefined)[]> {
  const column = (key: 'rideId' | 'userId') => `{${wishes.map((wish) => wish[key]).join(',')}}`
  const rows = await readRows(
    db,
    sql`select wish.nth - 1 as index, ride.status, ride.departs_at as "departsAt", ride.driver_id as "driverId",
        booking.id as "bookingId", booking.state as "bookingState", booking.pickup_at as "pickupAt"
      from unnest(${column('rideId')}::uuid[], ${column('userId')}::uuid[]) with ordinality as wish (ride_id, user_id, nth)
      join rides ride on ride.id = wish.ride_id
      left join bookings booking on booking.ride_id = ride.id and booking.passenger_id = wish.user_id
        and booking.state in ${comingStates}`,
    RideMemberRow.extend({ index: z.coerce.number() }),
  )
  const members: (RideMemberRow | undefined)[] = wishes.map(() => undefined)
  for (const { index, ...member } of rows) members[index] = member
  return members
}
