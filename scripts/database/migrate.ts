import { listForSearch } from '../system/list-for-search.ts'
import { runCommand } from './run-command.ts'

/**
 * `npm run db:migrate`: applies the missing migrations to the database of `npm run dev`, or to the one at DATABASE_URL, and
 * lists for the search the rides that were made before it asked for corridors.
 */
await runCommand(async (database, onProgress) => {
  onProgress('listing rides for the search')
  const listed = await listForSearch(database)
  const rides = listed > 0 ? `, and the search finds ${listed.toLocaleString('en')} rides more` : ''
  return `The database has every migration${rides}.`
})
