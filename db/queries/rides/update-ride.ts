import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow, readRowLocked } from '#db/client.ts'
import { holdPapers } from '#db/queries/documents/hold-papers.ts'
import { tellBookings } from '#db/queries/outbox/tell.ts'
import { lockDriver } from '#db/queries/vehicles/vehicle-row.ts'
import { indianDay } from '#packages/calendar/indian-time.ts'
import { holdsSeats } from './holds-seats.ts'

/** A departure that moves farther than this from what a passenger booked is another ride to them. */
const MATERIAL_SHIFT_SECONDS = 30 * 60

export interface RideUpdate {
  id: string
  driverId: string
  /** The departure it has, and the one it gets. */
  formerDepartsAt: Date
  departsAt: Date
  /** The keys by which the search finds it at the new departure. */
  keys: readonly number[]
  /** Null: the vehicle stays. */
  vehicleId: string | null
  papers: readonly string[]
  /** What its passengers are to know; null: nothing new. */
  notes: string | null
}

const UpdatedRow = z.object({ id: z.string() })

/**
 * Changes a ride that is ahead, with its passengers: their pickup and drop-off move along, what changed is written down for
 * them, and they are told. The route counts as changed, so quotes made before are outdated.
 * Undefined: not there, not the driver's, not ahead, not at the former departure any more; or the vehicle is not the driver's,
 * has fewer seats than are sold or not the seats that passengers chose; or one of the papers is valid no more. Violates
 * `rides_driver_overlap`.
 */
export function updateRide(
  db: Db,
  update: RideUpdate,
  now: Date,
): Promise<z.infer<typeof UpdatedRow> | undefined> {
  const { id, driverId, vehicleId } = update
  const locks = [
    lockDriver(driverId),
    sql`select 1 from vehicles where id = ${vehicleId} and driver_id = ${driverId} for share`,
    sql`select 1 from routes where id = (select route_id from rides where id = ${id} and driver_id = ${driverId})
      for no key update`,
    sql`select 1 from rides where id = ${id} and driver_id = ${driverId} for no key update`,
  ] as const
  return readRowLocked(db, locks, write(update, now), UpdatedRow)
}

function write({ id, driverId, papers, ...update }: RideUpdate, now: Date): SQL {
  const departsAt = sql`${update.departsAt}::timestamptz`
  return sql`with former as (
      select ride.id, ride.departs_at, ride.arrives_at, ride.vehicle_id, ${departsAt} - ride.departs_at as shift
      from rides ride
      where ride.id = ${id} and ride.driver_id = ${driverId} and ride.status = 'scheduled' and ride.departs_at > ${now}
        and ride.departs_at = ${update.formerDepartsAt}
    ), vehicle as (
      select vehicles.* from former join vehicles on vehicles.id = coalesce(${update.vehicleId}::uuid, former.vehicle_id)
      where vehicles.driver_id = ${driverId} and deleted_at is null
    ), papers as (
      ${holdPapers(papers, sql`(select driver_id from vehicle)`, indianDay(now.getTime()))}
    ), ride as (
      update rides set departs_at = ${departsAt}, arrives_at = former.arrives_at + shift,
        vehicle_id = vehicle.id, seat_map_version = case when vehicle.id = former.vehicle_id
          then rides.seat_map_version else vehicle.seat_map_version end,
        -- It may serve others now: those who saved a search are looked through again.
        matched_at = case when vehicle.id = former.vehicle_id and shift = interval '0' then matched_at end
      from former, vehicle
      where rides.id = former.id and (select count(*) from papers where vehicle.id is not null) = ${papers.length}
        and (vehicle.id = former.vehicle_id or ${fits})
      returning rides.*
    ), route as (
      update routes set updated_at = ${now} from ride where routes.id = ride.route_id
    ), corridor as (
      update ride_corridors set departs_at = ride.departs_at, arrives_at = ride.arrives_at,
        keys = ${`{${update.keys.join(',')}}`}::bigint[]
      from ride where ride_id = ride.id
    ), legs as (
      update ride_legs set capacity = least(capacity, vehicle.seats)
      from ride, vehicle, former where ride_legs.ride_id = ride.id and vehicle.id <> former.vehicle_id
    ), sold as (
      select booking.* from ride join bookings booking on booking.ride_id = ride.id
      where ${holdsSeats('booking', now)}
    ), shifted as (
      update bookings set pickup_at = bookings.pickup_at + shift, dropoff_at = bookings.dropoff_at + shift,
        expires_at = case when bookings.expires_at is null then null else least(bookings.expires_at, ${departsAt}) end,
        updated_at = ${now}
      from sold, former where bookings.id = sold.id and shift <> interval '0'
    ), news as (${news(update)}
    ), changes as (
      insert into ride_changes (id, ride_id, kind, material, details, at)
      select gen_random_uuid(), ride.id, news.kind, news.material, news.details, ${now}::timestamptz
      from ride, news where exists (select 1 from sold)
    ), told as (${tellBookings('sold', 'booking.updated', now)})
    select id from ride`
}

/** The vehicle has as many seats as are sold, and every seat that somebody chose. */
const fits = sql`not exists (select 1 from ride_legs where ride_id = former.id and taken > vehicle.seats)
  and not exists (
    select 1 from booking_seats chosen where chosen.ride_id = former.id and chosen.holds and not exists (
      select 1 from seat_maps map, jsonb_array_elements(map.seats) place
      where map.vehicle_id = vehicle.id and map.version = vehicle.seat_map_version
        and place ->> 'id' = chosen.seat and place ->> 'kind' = 'passenger'))`

/**
 * What is written down of the change. Several small shifts are a large one to who booked before them: what counts is the
 * departure that the ride had when a passenger booked.
 */
function news({ departsAt, notes }: Pick<RideUpdate, 'departsAt' | 'notes'>): SQL {
  const name = (vehicle: string) =>
    sql.raw(`${vehicle}.colour || ' ' || ${vehicle}.make || ' ' || ${vehicle}.model`)
  return sql`
    select 'departure' as kind, jsonb_build_object('from', former.departs_at, 'to', ${departsAt}::timestamptz) as details,
      (select coalesce(bool_or(abs(extract(epoch from ${departsAt}::timestamptz - coalesce(
          (select (earlier.details ->> 'from')::timestamptz from ride_changes earlier
            where earlier.ride_id = former.id and earlier.kind = 'departure' and earlier.at >= sold.created_at
            order by earlier.at limit 1),
          former.departs_at))) > ${MATERIAL_SHIFT_SECONDS}), false) from sold) as material
    from former where shift <> interval '0'
    union all
    select 'vehicle', jsonb_build_object('from', ${name('own')}, 'to', ${name('vehicle')}), own.kind <> vehicle.kind
    from former join vehicles own on own.id = former.vehicle_id, vehicle where vehicle.id <> own.id
    union all
    select 'notes', jsonb_build_object('from', null, 'to', ${notes}::text), false where ${notes}::text is not null`
}

const FitRow = z.object({ fits: z.boolean() })

/** Whether a vehicle of the driver suffices for what is sold of a ride. Undefined: it is not the driver's, or gone. */
export async function vehicleFits(
  db: Db,
  { rideId, vehicleId, driverId }: { rideId: string; vehicleId: string; driverId: string },
): Promise<boolean | undefined> {
  const found = await readRow(
    db,
    sql`select ${fits} as fits from (select ${rideId}::uuid as id) former, vehicles vehicle
      where vehicle.id = ${vehicleId} and vehicle.driver_id = ${driverId} and vehicle.deleted_at is null`,
    FitRow,
  )
  return found?.fits
}
