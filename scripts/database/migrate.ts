import { neon, neonConfig } from '@neondatabase/serverless'
import { drizzle } from 'drizzle-orm/neon-http'
import { fillCorridors } from '#db/queries/rides/fill-corridors.ts'
import { LOCAL_DATABASE_URL } from '#packages/local-cloud/local-settings.ts'
import { runCommand } from './run-command.ts'

/**
 * `npm run db:migrate`: applies the missing migrations to the database of `npm run dev`, or to the one at DATABASE_URL, and
 * lists for the search the rides that were made before it asked for corridors.
 */
await runCommand(async (database, onProgress) => {
  onProgress('listing rides for the search')
  neonConfig.fetchFunction = (url: string, init: RequestInit) => database.fetch(new Request(url, init))
  const listed = await fillCorridors(drizzle(neon(LOCAL_DATABASE_URL)), new Date())
  const rides = listed > 0 ? `, and the search finds ${listed.toLocaleString('en')} rides more` : ''
  return `The database has every migration${rides}.`
})
