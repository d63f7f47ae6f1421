import { elementAt } from '#packages/geo/element-at.ts'
import { chooseTimetable, departureOn, indianDay } from './choose-departures.ts'
import { chooseStops, tripChooser } from './choose-trips.ts'
import { type Booking, makeBookings, makeRegular } from './make-bookings.ts'
import { type Document, makeDocuments } from './make-documents.ts'
import { type Driver, makeDriver, makeUser, makeVehicle, type User, type Vehicle } from './make-people.ts'
import { makeRide, type Ride, type RideLeg } from './make-rides.ts'
import { makeRoutes, type Route, type RouteStop } from './make-routes.ts'
import { randomStream } from './random.ts'

const DRIVERS = 300
const REGULARS_PER_DRIVER = 3
const DAYS = 14
/** A ride that departs sooner could not be published any more. */
const MIN_NOTICE_MS = 3600_000

/** Every row of the seed, by table, in the order in which they can be inserted. */
export interface SeedData {
  users: User[]
  drivers: Driver[]
  vehicles: Vehicle[]
  documents: Document[]
  routes: Route[]
  routeStops: RouteStop[]
  rides: Ride[]
  rideLegs: RideLeg[]
  bookings: Booking[]
}

/**
 * Drivers with a vehicle and routes both ways of a trip, their rides of today and the thirteen days after it (in
 * India), and regulars who book them. The same for the same seed and instant. A later instant of the same day only
 * leaves out what has departed; another day has the same rides, with the same ids, on the days that both include.
 * @param seed a whole number; @param now Unix ms
 */
export function generateSeed(seed: number, now: number): SeedData {
  const data: SeedData = {
    users: [],
    drivers: [],
    vehicles: [],
    documents: [],
    routes: [],
    routeStops: [],
    rides: [],
    rideLegs: [],
    bookings: [],
  }
  const chooseTrip = tripChooser()
  for (let number = 0; number < DRIVERS; number++) addDriver(data, seed, number, now, chooseTrip)
  return data
}

function addDriver(
  data: SeedData,
  seed: number,
  number: number,
  now: number,
  chooseTrip: ReturnType<typeof tripChooser>,
): void {
  const ofRoute = randomStream(seed, 'route', number)
  const towns = chooseStops(chooseTrip(ofRoute), ofRoute)
  const home = elementAt(towns, 0)
  const ofDriver = randomStream(seed, 'driver', number)
  const user = makeUser(number, home, ofDriver)
  const driver = makeDriver(user, home)
  const vehicle = makeVehicle(number, driver, home, ofDriver)
  const [there, back] = makeRoutes(driver, vehicle, towns, ofRoute)
  const timetable = chooseTimetable(there.plan.seconds, ofRoute)

  const regulars = Array.from({ length: REGULARS_PER_DRIVER }, (_, k) => {
    const passenger = number * REGULARS_PER_DRIVER + k
    const random = randomStream(seed, 'passenger', passenger)
    const person = makeUser(DRIVERS + passenger, home, random)
    data.users.push(person)
    return makeRegular(person.id, there, random)
  })
  data.users.push(user)
  data.drivers.push(driver)
  data.vehicles.push(vehicle)
  data.documents.push(...makeDocuments(driver, vehicle, randomStream(seed, 'documents', number)))
  data.routes.push(there.route, back.route)
  data.routeStops.push(...there.stops, ...back.stops)

  const today = indianDay(now)
  for (let day = today; day < today + DAYS; day++) {
    for (const direction of ['there', 'back'] as const) {
      const departsAt = departureOn(day, timetable, direction)
      if (departsAt === undefined || departsAt < now + MIN_NOTICE_MS) continue
      const seedRoute = direction === 'there' ? there : back
      const random = randomStream(seed, direction, day * DRIVERS + number)
      const run = makeRide(seedRoute, day, departsAt, random)
      const riders = regulars.map(({ userId, home: door, away }) =>
        direction === 'there'
          ? { userId, pickup: door, dropoff: away }
          : { userId, pickup: away, dropoff: door },
      )
      data.bookings.push(...makeBookings(seedRoute, run, riders, now, random))
      data.rides.push(run.ride)
      data.rideLegs.push(...run.legs)
    }
  }
}
