import { parseArgs } from 'node:util'
import { LOCAL_DATABASE_URL } from '#packages/local-cloud/local-settings.ts'
import { runCommand } from './database/run-command.ts'
import { seed } from './seed/insert-seed.ts'
import { withNeonSocket } from './system/serve-neon.ts'

const { values } = parseArgs({ options: { 'into-database-url': { type: 'boolean', default: false } } })

/** `npm run db:seed`: invented drivers, routes, rides and bookings between real Indian towns. */
if (process.env['DATABASE_URL'] && !values['into-database-url']) {
  console.error(
    '\n  DATABASE_URL is set. To fill that database with invented people: npm run db:seed -- --into-database-url\n',
  )
  process.exitCode = 1
} else {
  await runCommand(async (database, onProgress) => {
    const inserted = await withNeonSocket(database, () => seed(LOCAL_DATABASE_URL, new Date(), onProgress))
    const rows = Object.entries(inserted).map(([table, count]) => `${count} ${table}`)
    return `New: ${rows.join(', ')}.`
  })
}
