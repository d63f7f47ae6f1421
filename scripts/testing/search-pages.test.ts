import { beforeAll, expect, test } from 'vitest'
import { dayWindow, indianDay } from '../../packages/calendar/indian-time.ts'
import { segmentFare } from '../../packages/fares/segment-fare.ts'
import { uuidv7 } from '../../packages/ids/uuid.ts'
import { matchRide } from '../../packages/matching/match-ride.ts'
import { rankMatches, SORTS, type Sort } from '../../packages/matching/rank-matches.ts'
import type { TimedRide } from '../../packages/matching/ride-clock.ts'
import { departsAt } from '../../packages/matching/testing/random-ride.ts'
import { fillPage } from '../../workers/routes/fill-page.ts'
import { rankRides } from '../../workers/routes/rank-rides.ts'
import type { Search } from '../../workers/routes/search.ts'
import { readCursor, writeCursor } from '../../workers/routes/search-cursor.ts'
import { openWorld } from './open-world.ts'
import { publishRandomRides, type StoredRide } from './random-rides.ts'

const RIDES = 160
const now = new Date(departsAt - 48 * 3600_000)
const day = indianDay(departsAt)
/** Where all the rides pass: the random ways are all laid through here. */
const [from, to] = [
  { lat: 12.97, lng: 77.59 },
  { lat: 12.97, lng: 77.75 },
]

const db = await openWorld()
let rides: StoredRide[]

beforeAll(async () => {
  ;({ rides } = await publishRandomRides(db, now, RIDES, overHere))
}, 60_000)

/** Moves the beginning of a random way to about `from`, and its departure into the day. */
function overHere(ride: TimedRide, number: number): TimedRide {
  const [first = from] = ride.path.points
  const jitter = ((number * 37) % 100) / 4_000
  const shifted = ride.path.points.map(({ lat, lng }) => ({
    lat: Number((lat - first.lat + from.lat + jitter).toFixed(5)),
    lng: Number((Math.abs(lng - first.lng) + from.lng - jitter).toFixed(5)),
  }))
  const { earliest } = dayWindow(day)
  return {
    ...ride,
    path: { ...ride.path, points: shifted },
    departsAt: earliest + ((number * 7_919) % 86_400) * 1000,
  }
}

const searchFor = (sort: Sort, more: Partial<Search> = {}): Search => ({
  ...{ pickup: from, dropoff: { ...to }, radiusMetres: 20_000, passengerId: uuidv7() },
  ...{ seats: 1, filters: {}, full: false, sort, day, wantedAt: null, ...dayWindow(day), ...more },
})

/** What should come, from every ride there is. */
function bruteForce(search: Search): string[] {
  const matches = rides.flatMap((ride) => {
    const match = matchRide(ride, search)
    if (!match) return []
    const { pickup, dropoff, sharedMetres } = match
    return {
      id: ride.id,
      walkMetres: pickup.walkMetres + dropoff.walkMetres,
      pickupAt: pickup.at,
      fare: segmentFare(30_000, sharedMetres, ride.path.metres.at(-1) ?? 0, 1),
      driverRating: null,
    }
  })
  return rankMatches(matches, search).map(({ id }) => id)
}

/** All pages, one after the other, and how many they were. */
async function allPages(
  search: Search,
  pageSize: number,
  limit?: number,
): Promise<{ ids: string[]; pages: number }> {
  const ids: string[] = []
  let cursor: string | undefined
  for (let pages = 1; ; pages++) {
    const behind = cursor === undefined ? undefined : readCursor(search.sort, cursor)
    const stretches = rankRides({ db, now: now.getTime() }, search, { behind, limit })
    const { offers, next } = await fillPage({ db, now: now.getTime() }, stretches, search, pageSize)
    ids.push(...offers.map(({ id }) => id))
    if (!next) return { ids, pages }
    cursor = writeCursor(search.sort, next)
  }
}

test.each(SORTS)(
  'pages by %s hold what brute force finds, in its order, as long as no more pass than are compared',
  async (sort) => {
    for (const wantedAt of [null, departsAt]) {
      const search = searchFor(sort, { wantedAt })
      const expected = bruteForce(search)
      expect(expected.length).toBeGreaterThan(RIDES / 3)
      for (const size of [1_000, 13]) expect((await allPages(search, size)).ids).toEqual(expected)
    }
  },
)

test('by pickup time no ride is lost, though many more pass than are compared at once', async () => {
  for (const more of [{}, { latest: departsAt + 3 * 3600_000, earliest: departsAt }, { radiusMetres: 5_000 }]) {
    const search = searchFor('departure', more)
    const expected = bruteForce(search)
    for (const [size, limit] of [
      [100, 40],
      [7, 9],
      [5, 2],
    ] as const)
      expect(await allPages(search, size, limit)).toMatchObject({ ids: expected })
  }
})

test('a page by pickup time asks a bounded number of times, and may be short or empty where the next goes on', async () => {
  // Nobody has eight seats.
  const { ids, pages } = await allPages(searchFor('departure', { seats: 8 }), 20, 4)
  expect(ids).toEqual([])
  expect(pages).toBeGreaterThan(3)
})

test('by anything else, of more than are compared those nearest to the wanted time are', async () => {
  const search = searchFor('price', { wantedAt: departsAt })
  const { ids } = await allPages(search, 100, 20)
  const all = bruteForce(search)
  expect(ids.length).toBeLessThan(all.length)
  expect(ids).toEqual(all.filter((id) => ids.includes(id)))
})
