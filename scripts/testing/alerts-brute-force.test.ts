import { sql } from 'drizzle-orm'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { alertOfSearch, loadUnmatchedSearches } from '../../db/queries/alerts/alert-of-search.ts'
import type { SavedSearchRow } from '../../db/queries/alerts/saved-search-view.ts'
import { blockPerson } from '../../db/queries/blocks/blocks.ts'
import { VEHICLE_FEATURES, VEHICLE_KINDS } from '../../db/schema/index.ts'
import { elementAt } from '../../packages/geo/element-at.ts'
import { distanceMetres } from '../../packages/geo/position.ts'
import { defaultRadiusMetres } from '../../packages/matching/match-ride.ts'
import { offerRide } from '../../packages/matching/offer-ride.ts'
import { departsAt } from '../../packages/matching/testing/random-ride.ts'
import { newPeople } from '../storms/new-ride.ts'
import { alertAll, alertPairs, saveWish } from './alert-world.ts'
import { setBooking } from './chat-world.ts'
import { newDriver, openWorld } from './open-world.ts'
import { publishRandomRides, type StoredRide } from './random-rides.ts'

const RIDES = 250
const DRIVERS = 8
const PEOPLE = 40
const now = new Date(departsAt - 48 * 3600_000)

const db = await openWorld()

const genders = ['female', 'male', null]

/** What a ride is besides its way. */
const character = fc.record({
  driver: fc.nat(DRIVERS - 1),
  womenOnly: fc.nat(3).map((k) => k === 0),
  bookingMode: fc.constantFrom('instant', 'approval'),
  amenities: fc.subarray([...VEHICLE_FEATURES]),
  kind: fc.constantFrom(...VEHICLE_KINDS),
  price: fc.integer({ min: 0, max: 60_000 }),
  taken: fc.nat(1),
  /** Who sits there already, from the first stop on so many legs. */
  aboard: fc.option(
    fc.record({ of: fc.nat(2), legs: fc.integer({ min: 1, max: 3 }), sameGender: fc.boolean() }),
  ),
})
const sometimes = <T>(value: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value })
const wish = fc.record({
  user: fc.nat(PEOPLE + DRIVERS - 1),
  seats: fc.constantFrom(1, 1, 2),
  filters: fc.record(
    {
      instant: sometimes(fc.constant(true as const)),
      womenOnly: sometimes(fc.constant(true as const)),
      sameGender: sometimes(fc.constant(true as const)),
      amenities: sometimes(fc.subarray([...VEHICLE_FEATURES], { maxLength: 2 })),
      vehicleKinds: sometimes(fc.subarray([...VEHICLE_KINDS], { minLength: 1 })),
      maxFare: sometimes(
        fc.integer({ min: 5_000, max: 60_000 }).map((amount) => ({ amount, currency: 'INR' as const })),
      ),
      minRating: sometimes(fc.constantFrom(3.67, 4, 4.5)),
    },
    { requiredKeys: [] },
  ),
})
/** Stars in so many reviews: 3.67 and 4.5 in two decimals, and some without any. */
const ratings = [null, { stars: 11, reviews: 3 }, { stars: 9, reviews: 2 }, { stars: 20, reviews: 5 }]

type Ride = StoredRide & (typeof character extends fc.Arbitrary<infer C> ? C : never)

test('what is alerted is what brute force finds, whether the rides come first or the saved searches', async () => {
  const { rides: ways, queries } = await publishRandomRides(db, now, RIDES)
  const drivers: { driverId: string }[] = []
  while (drivers.length < DRIVERS) drivers.push(await newDriver(db, now, 4))
  const users = [...(await newPeople(db, PEOPLE, now)), ...drivers.map(({ driverId }) => driverId)]
  const companions = await newPeople(db, genders.length, now)
  const gender = new Map([...users, ...companions].map((id, k) => [id, genders[k % genders.length] ?? null]))
  for (const [id, sex] of gender) await db.execute(sql`update users set gender = ${sex} where id = ${id}`)
  for (const [k, { driverId }] of drivers.entries()) {
    const rating = ratings[k % ratings.length]
    if (rating)
      await db.execute(sql`insert into rating_totals (user_id, side, stars, reviews)
        values (${driverId}, 'driver', ${rating.stars}, ${rating.reviews})`)
  }
  const blocks = new Set<string>()
  for (const [k, userId] of users.entries()) {
    const { driverId } = elementAt(drivers, k % DRIVERS)
    if (userId === driverId || k % 4) continue
    const [blockerId, blockedId] = k % 8 ? [userId, driverId] : [driverId, userId]
    await blockPerson(db, { blockerId, blockedId }, now)
    blocks.add(`${userId} ${driverId}`)
  }

  const characters = fc.sample(character, { numRuns: RIDES, seed: 5 })
  const rides: Ride[] = ways.map((way, k) => ({ ...way, ...elementAt(characters, k) }))
  for (const ride of rides) {
    await shape(ride, elementAt(drivers, ride.driver).driverId)
    if (ride.aboard) await seat(ride, elementAt(companions, ride.aboard.of), ride.aboard)
  }
  const wishes = fc.sample(wish, { numRuns: RIDES, seed: 6 })
  const saved: SavedSearchRow[] = []
  for (const [k, query] of queries.entries()) {
    const { user, seats, filters } = elementAt(wishes, k)
    const { pickup, dropoff } = query
    const radius = query.radiusMetres ?? defaultRadiusMetres(distanceMetres(pickup, dropoff))
    const when = { earliest: new Date(query.earliest), latest: new Date(query.latest) }
    const where = { pickup: { ...pickup, name: 'From' }, dropoff: { ...dropoff, name: 'To' } }
    const more = { ...where, ...when, seats, filters, radiusMetres: Math.round(radius) }
    saved.push(await saveWish(db, elementAt(users, user), now, more))
  }

  let keptOff = 0
  const expected = saved.flatMap((search) =>
    rides.filter((ride) => serves(ride, search)).map((ride) => `${search.id} ${ride.id}`),
  )
  expect(expected.length).toBeGreaterThan(RIDES / 7)
  expect(keptOff).toBeGreaterThan(5)
  expect(await alertAll(db, now)).toBe(expected.length)
  expect(await alertPairs(db)).toEqual(expected.toSorted())
  expect(await alertAll(db, now)).toBe(0)

  await db.execute(sql`delete from alerts`)
  let searched = 0
  for (;;) {
    const batch = await loadUnmatchedSearches(db, now)
    for (const search of batch) await alertOfSearch(db, search, now)
    searched += batch.length
    if (batch.length === 0) break
  }
  expect(searched).toBe(saved.length)
  expect(await alertPairs(db)).toEqual(expected.toSorted())

  function serves(ride: Ride, { userId, seats, filters, ...search }: SavedSearchRow): boolean {
    const { driverId } = elementAt(drivers, ride.driver)
    const rating = ratings[ride.driver % ratings.length]
    const average = rating ? Math.round((rating.stars / rating.reviews) * 100) / 100 : 0
    const window = { earliest: search.earliest.getTime(), latest: search.latest.getTime() }
    const query = {
      pickup: search.pickup,
      dropoff: search.dropoff,
      radiusMetres: search.radiusMetres,
      ...window,
    }
    const offering = offerRide(ride, ride.price, query, seats)
    return (
      offering !== undefined &&
      userId !== driverId &&
      !blocks.has(`${userId} ${driverId}`) &&
      (!ride.womenOnly || gender.get(userId) === 'female') &&
      (!filters.instant || ride.bookingMode === 'instant') &&
      (!filters.womenOnly || ride.womenOnly) &&
      (!filters.sameGender || isLike(userId, driverId)) &&
      (filters.amenities ?? []).every((amenity) => ride.amenities.includes(amenity)) &&
      (!filters.vehicleKinds || filters.vehicleKinds.includes(ride.kind)) &&
      (!filters.maxFare || offering.fare <= filters.maxFare.amount) &&
      (!filters.minRating || average >= filters.minRating) &&
      2 - ride.taken >= seats &&
      !isKeptOff(userId, filters.sameGender, ride, offering.match.legFrom)
    )
  }

  function isLike(one: string, other: string): boolean {
    return typeof gender.get(one) === 'string' && gender.get(one) === gender.get(other)
  }

  function isKeptOff(userId: string, sameGender: true | undefined, { aboard }: Ride, legFrom: number): boolean {
    if (!aboard || aboard.legs <= legFrom) return false
    const isOff =
      (sameGender === true || aboard.sameGender) && !isLike(userId, elementAt(companions, aboard.of))
    if (isOff) keptOff++
    return isOff
  }
}, 120_000)

/** Makes a stored ride what it is said to be, with two seats of which some are taken. */
async function shape(ride: Ride, driverId: string): Promise<void> {
  const { rows } =
    await db.execute(sql`insert into vehicles (id, driver_id, make, model, year, plate, colour, kind, fuel, seats, features, active, created_at)
    values (gen_random_uuid(), ${driverId}, 'Maruti', 'Ertiga', 2024, ${ride.id}, 'white', ${ride.kind}, 'cng', 4, '{}', false, ${now}) returning id`)
  const vehicleId = String(rows[0]?.['id'])
  await db.execute(sql`with ride as (
      update rides set driver_id = ${driverId}, vehicle_id = ${vehicleId} where id = ${ride.id} returning id, route_id
    ), legs as (
      update ride_legs set capacity = 2, taken = ${ride.taken} from ride where ride_id = ride.id
    )
    update routes set driver_id = ${driverId}, women_only = ${ride.womenOnly}, booking_mode = ${ride.bookingMode},
      amenities = ${`{${ride.amenities.join(',')}}`}::text[], price_per_seat = ${ride.price}
    from ride where routes.id = ride.route_id`)
}

/** Seats somebody on the first legs of a ride. */
async function seat(
  ride: Ride,
  passengerId: string,
  { legs, sameGender }: { legs: number; sameGender: boolean },
) {
  await setBooking(db, { rideId: ride.id, passengerId, state: 'confirmed' }, now)
  await db.execute(sql`update bookings set leg_to = ${legs}, same_gender = ${sameGender}, expires_at = null
    where ride_id = ${ride.id} and passenger_id = ${passengerId}`)
}
