import type { Client } from 'pg'
import { z } from 'zod'
import { candidateStatement, corridorHits } from '#db/queries/rides/find-candidates.ts'
import { elementAt } from '#packages/geo/element-at.ts'
import { startSystem } from '../../system/start-system.ts'
import { type BenchQuery, makeQuery, RADII, TOLERANCES } from './choose-queries.ts'
import type { BenchRide } from './generate-rides.ts'
import { runStatement } from './run-statement.ts'
import { signIn } from './sign-in.ts'

/** Each takes three requests: below the limit that one person may search in a minute. */
const SEARCHES_PER_PERSON = 35
/** Queries of their own: not those that are timed without the API. */
const FIRST_QUERY = 20_000
const WARM_UP = 20

/** Milliseconds of one search, with what it consists of beside it. */
export interface ApiSample {
  /** The search operation, through HTTP, from the request to the reply's last byte. */
  operation: number
  /** Its statement alone. */
  statement: number
  /** The same request without a body, which is refused (422) when it has been let in: who asks, how often, and nothing else. */
  gateway: number
  /** `/health`. */
  health: number
  /** A path that is not there (404): the router alone. */
  notFound: number
  results: number
}

const Reply = z.object({ items: z.array(z.unknown()) })

/**
 * Asks so many searches of all radii and windows of the whole system: workerd, the local cloud's Neon protocol and the PostgreSQL at
 * this address, over loopback. In turns with the bare statement and the bare gateway, so that all see the same machine.
 */
export async function measureApi(
  client: Client,
  databaseUrl: string,
  searches: number,
  rideOf: (number: number) => BenchRide,
): Promise<ApiSample[]> {
  const system = await startSystem({ port: 0, inboxPort: 0, databaseUrl })
  try {
    const samples: ApiSample[] = []
    let token = ''
    for (let number = -WARM_UP; number < searches; number++) {
      const asked = number + WARM_UP
      if (asked % SEARCHES_PER_PERSON === 0) token = await signIn(system.url, system.journal, asked)
      const radius = elementAt(RADII, asked % RADII.length)
      const tolerance = elementAt(TOLERANCES, Math.floor(asked / RADII.length) % TOLERANCES.length)
      const query = makeQuery(FIRST_QUERY + asked, rideOf(FIRST_QUERY + asked), radius, tolerance)
      const sample = await measureOne(system.url, token, client, query)
      if (number >= 0) samples.push(sample)
    }
    return samples
  } finally {
    await system.close()
  }
}

async function measureOne(
  origin: string,
  token: string,
  client: Client,
  query: BenchQuery,
): Promise<ApiSample> {
  const { pickup, dropoff, radiusMetres, wantedAt, latest } = query
  const body = JSON.stringify({
    ...{ pickup, dropoff, radiusMetres, at: wantedAt.toISOString() },
    toleranceSeconds: (latest.getTime() - wantedAt.getTime()) / 1000,
  })
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
  const send = (text: string, status: number) =>
    timed(`${origin}/api/v1/routes/search`, status, { method: 'POST', headers, body: text })
  const statement = candidateStatement(query, corridorHits(query))
  // As everywhere in this bench: once to have in memory what it reads.
  await runStatement(client, statement, query)
  await send(body, 200)
  const bare = await runStatement(client, statement, query)
  const gateway = await send('{}', 422)
  const health = await timed(`${origin}/health`, 200)
  const notFound = await timed(`${origin}/api/v1/nothing`, 404)
  const { milliseconds, reply } = await send(body, 200)
  return {
    operation: milliseconds,
    statement: bare.milliseconds,
    gateway: gateway.milliseconds,
    health: health.milliseconds,
    notFound: notFound.milliseconds,
    results: Reply.parse(JSON.parse(reply)).items.length,
  }
}

async function timed(
  url: string,
  status: number,
  init: RequestInit = {},
): Promise<{ milliseconds: number; reply: string }> {
  const start = performance.now()
  const response = await fetch(url, init)
  const reply = await response.text()
  const milliseconds = performance.now() - start
  if (response.status !== status) throw new Error(`${url} answered ${response.status}: ${reply}`)
  return { milliseconds, reply }
}
