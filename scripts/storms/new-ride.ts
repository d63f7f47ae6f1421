import { sql } from 'drizzle-orm'
import type { Db } from '#db/client.ts'
import { uuidv7 } from '#packages/ids/uuid.ts'
import type { OpenQuote } from '#packages/quotes/quote.ts'

export interface RideOptions {
  bookingMode: 'instant' | 'approval'
  legs: number
  /** How many can be booked on each leg. */
  capacity: number
  departsAt: Date
  /** The ids of the seats for passengers, from the front; empty: no seat map. */
  seatIds?: readonly string[]
}

export interface NewRide extends RideOptions {
  rideId: string
  driverId: string
}

const SECONDS_PER_LEG = 1_800
const FARE_PER_LEG = 10_001

let phones = 0
const newPhone = () =>
  `+9170${String(Date.now() % 10_000).padStart(4, '0')}${String(++phones).padStart(6, '0')}`

/** People who can book; returns their ids. */
export async function newPeople(db: Db, count: number, now: Date): Promise<string[]> {
  const people = Array.from({ length: count }, () => ({ id: uuidv7(now.getTime()), phone: newPhone() }))
  await db.execute(sql`insert into users (id, phone, created_at, updated_at)
    select id, phone, ${now}::timestamptz, ${now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(people)}::jsonb) as person (id uuid, phone text)`)
  return people.map(({ id }) => id)
}

/** A ride with a driver and a vehicle of its own, put in as it would be published. */
export async function newRide(db: Db, options: RideOptions, now: Date): Promise<NewRide> {
  const { legs, capacity, departsAt, bookingMode, seatIds = [] } = options
  const [driverId] = await newPeople(db, 1, now)
  const [vehicleId, routeId, rideId] = [uuidv7(), uuidv7(), uuidv7(now.getTime())]
  const places = seatIds.map((id, index) => ({ id, row: index + 1, column: 1, kind: 'passenger', label: id }))
  const seats = [...places, { id: 'D', row: 1, column: 2, kind: 'driver', label: 'Driver' }]
  const version = seatIds.length > 0 ? 1 : null
  const arrivesAt = new Date(departsAt.getTime() + legs * SECONDS_PER_LEG * 1000)
  await db.execute(sql`with driver as (
      insert into drivers (user_id, created_at, updated_at) values (${driverId}, ${now}, ${now}) returning user_id
    ), vehicle as (
      insert into vehicles (id, driver_id, make, model, year, plate, colour, fuel, seats, seat_map_version, active, created_at)
      select ${vehicleId}::uuid, user_id, 'Maruti', 'Ertiga', 2024, ${vehicleId}, 'white', 'cng', 8, ${version}::smallint,
        true, ${now}::timestamptz from driver returning id, driver_id
    ), map as (
      insert into seat_maps (vehicle_id, version, rows, columns, seats, capacity, created_at)
      select id, 1, ${seats.length}::int, 2, ${JSON.stringify(seats)}::jsonb, ${Math.max(1, places.length)}::int, ${now}::timestamptz
      from vehicle
    ), route as (
      insert into routes (id, driver_id, vehicle_id, seats, price_per_seat, booking_mode, path, path_source, polyline,
        vertex_metres, vertex_seconds, created_at)
      select ${routeId}::uuid, driver_id, id, ${capacity}::int, 10000, ${bookingMode},
        ST_GeogFromText('SRID=4326;LINESTRING(77.6 13, 77.7 13)'), 'great_circle', '_p~iF~ps|U', '{0,10000}', '{0,600}',
        ${now}::timestamptz from vehicle returning id, driver_id, vehicle_id
    ), stops as (
      insert into route_stops (route_id, position, name, lat, lng, vertex)
      select id, stop, 'Stop', 13, 77.6, least(stop, 1) from route, generate_series(0, ${legs}::int) stop
    ), ride as (
      insert into rides (id, route_id, driver_id, vehicle_id, seat_map_version, departs_at, arrives_at, status, created_at)
      select ${rideId}::uuid, id, driver_id, vehicle_id, ${version}::smallint, ${departsAt}::timestamptz,
        ${arrivesAt}::timestamptz, 'scheduled', ${now}::timestamptz from route returning id
    )
    insert into ride_legs (ride_id, leg, capacity)
    select ride.id, leg, ${capacity}::int from ride, generate_series(0, ${legs - 1}::int) leg`)
  return { ...options, rideId, driverId: driverId ?? '' }
}

/** Which part of a ride somebody wants. */
export interface Part {
  legFrom: number
  legTo: number
  seats: number
}

/** A quote for a part of a ride, as it would be brought back; its passenger gets in at the first leg's time. */
export function quoteFor(ride: NewRide, passengerId: string, part: Part, now: Date): OpenQuote {
  const departsAt = ride.departsAt.getTime()
  const at = (leg: number) => departsAt + leg * SECONDS_PER_LEG * 1000
  return {
    ...{ id: uuidv7(now.getTime()), passengerId, rideId: ride.rideId, ...part },
    ...{ departsAt, issuedAt: now.getTime(), currency: 'INR' },
    pickup: { lat: 13, lng: 77.6, at: at(part.legFrom) },
    dropoff: { lat: 13, lng: 77.7, at: at(part.legTo) },
    fareAmount: FARE_PER_LEG * (part.legTo - part.legFrom) * part.seats,
  }
}
