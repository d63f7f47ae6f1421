import { neon, neonConfig } from '@neondatabase/serverless'
import { drizzle } from 'drizzle-orm/neon-http'
import { fillCorridors } from '#db/queries/rides/fill-corridors.ts'
import { LOCAL_DATABASE_URL } from '#packages/local-cloud/local-settings.ts'

/** Lists for the search the rides of a database that were made before it asked for corridors; returns how many. */
export function listForSearch(database: { fetch(request: Request): Promise<Response> }): Promise<number> {
  neonConfig.fetchFunction = (url: string, init: RequestInit) => database.fetch(new Request(url, init))
  return fillCorridors(drizzle(neon(LOCAL_DATABASE_URL)), new Date())
}
