import { migrate } from '../../db/migrate.ts'
import { projectPath } from '../system/project.ts'

/** `npm run db:migrate`: applies the missing migrations to the Neon database at DATABASE_URL. `npm run dev` migrates its own. */
const url = process.env['DATABASE_URL']
if (!url) {
  console.error('Set DATABASE_URL to the Neon database to migrate.')
  process.exit(1)
}
const started = performance.now()
await migrate(url, projectPath('migrations'))
console.log(`Migrated in ${((performance.now() - started) / 1000).toFixed(1)} s.`)
