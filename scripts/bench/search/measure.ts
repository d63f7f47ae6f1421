import type { Client } from 'pg'
import { candidateStatement } from '#db/queries/rides/find-candidates.ts'
import { makeQuery, RADII, TOLERANCES, type Tolerance } from './choose-queries.ts'
import type { BenchRide } from './generate-rides.ts'
import { hitsOf, type Method } from './methods.ts'
import { runStatement } from './run-statement.ts'

/** Queries of each radius and tolerance; the slow methods get the first ones of the same. */
const SAMPLES: Record<Method, number> = { corridor: 100, pathAndDeparture: 50, path: 20, none: 3 }

/** One query by one method. */
export interface Sample {
  rides: number
  method: Method
  radius: number
  tolerance: Tolerance
  /** The query's number: the same one is asked at every size and by every method. */
  number: number
  milliseconds: number
  matchMilliseconds: number
  candidates: number
  matches: number
}

export async function measure(
  client: Client,
  method: Method,
  { rides, rideOf }: { rides: number; rideOf: (number: number) => BenchRide },
): Promise<Sample[]> {
  const samples: Sample[] = []
  for (const radius of RADII) {
    for (const tolerance of TOLERANCES) {
      for (let number = 0; number < SAMPLES[method]; number++) {
        const query = makeQuery(number, rideOf(number), radius, tolerance)
        const statement = candidateStatement(query, hitsOf[method](query))
        // Once to have in memory what it reads, as it is where many search; the slowest has no use for it.
        if (method !== 'none') await runStatement(client, statement, query)
        const { matches, ...times } = await runStatement(client, statement, query)
        samples.push({ rides, method, radius, tolerance, number, ...times, matches: matches.length })
      }
    }
  }
  return samples
}
