import type { Client } from 'pg'
import { candidateStatement, corridorHits } from '#db/queries/rides/find-candidates.ts'
import { elementAt } from '#packages/geo/element-at.ts'
import { makeQuery, RADII, TOLERANCES } from './choose-queries.ts'
import type { BenchRide } from './generate-rides.ts'
import { byPathAndDeparture } from './methods.ts'
import { runStatement } from './run-statement.ts'

/** Above what any query finds: nothing is cut. */
const NO_LIMIT = 100_000
/** PostGIS measures on the ellipsoid, the match on the sphere: up to 0.6 % apart. */
const ELLIPSOID = 1.01

export interface Comparison {
  queries: number
  /** Ids that the corridors found. */
  matches: number
  /** Ids that only PostGIS found, and that only the corridors did. */
  missing: number
  extra: number
}

/** Matches what the corridors find and what PostGIS finds near both ends, and counts the ids that only one of them has. */
export async function compareIds(
  client: Client,
  queries: number,
  rideOf: (number: number) => BenchRide,
): Promise<Comparison> {
  const result = { queries, matches: 0, missing: 0, extra: 0 }
  for (let number = 0; number < queries; number++) {
    const radius = elementAt(RADII, number % RADII.length)
    const tolerance = elementAt(TOLERANCES, Math.floor(number / RADII.length) % TOLERANCES.length)
    // Numbers of their own: not the queries that are timed.
    const query = makeQuery(10_000 + number, rideOf(10_000 + number), radius, tolerance)
    const exact = candidateStatement(query, byPathAndDeparture(query, radius * ELLIPSOID), NO_LIMIT)
    const own = candidateStatement(query, corridorHits(query), NO_LIMIT)
    const expected = (await runStatement(client, exact, query)).matches
    const found = (await runStatement(client, own, query)).matches
    result.matches += found.length
    result.missing += only(expected, found)
    result.extra += only(found, expected)
  }
  return result
}

/** How many of the ids are not among the others. */
function only(ids: readonly string[], others: readonly string[]): number {
  const known = new Set(others)
  return ids.filter((id) => !known.has(id)).length
}
