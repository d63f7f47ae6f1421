import { expect, test } from 'vitest'
import { findCandidates } from '../../db/queries/rides/find-candidates.ts'
import { matchCandidate } from '../../db/queries/rides/match-candidate.ts'
import { distanceMetres } from '../../packages/geo/position.ts'
import { defaultRadiusMetres, matchRide } from '../../packages/matching/match-ride.ts'
import { departsAt } from '../../packages/matching/testing/random-ride.ts'
import { openWorld } from './open-world.ts'
import { publishRandomRides } from './random-rides.ts'

const RIDES = 250
const now = new Date(departsAt - 48 * 3600_000)

const db = await openWorld()

test('the database finds what brute force finds over loops, there-and-back, laps and lines, at any time', async () => {
  const { rides, queries } = await publishRandomRides(db, now, RIDES)
  let matches = 0
  for (const query of queries) {
    const { pickup, dropoff, earliest, latest } = query
    const radiusMetres = query.radiusMetres ?? defaultRadiusMetres(distanceMetres(pickup, dropoff))
    const whole = { ...query, radiusMetres }
    const expected = rides.filter((ride) => matchRide(ride, whole)).map(({ id }) => id)
    const candidates = await findCandidates(db, {
      ...{ pickup, dropoff, radiusMetres, passengerId: null, now },
      ...{ wantedAt: new Date(earliest), earliest: new Date(earliest), latest: new Date(latest) },
    })
    const found = candidates.flatMap((candidate) => matchCandidate(candidate, whole, 1)?.id ?? [])
    expect(found.toSorted()).toEqual(expected.toSorted())
    matches += found.length
  }
  expect(matches).toBeGreaterThan(RIDES / 2)
}, 60_000)
