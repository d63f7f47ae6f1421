/**
 * For the kill test: `node insert-rows.fixture.ts <directory>` opens the database, inserts rows 1, 2, 3, … over HTTP, and
 * says each number once the insert is acknowledged, until somebody kills it.
 */
import { startDatabase } from './start-database.ts'

const database = await startDatabase({ dataDir: process.argv[2] ?? '' })

async function run(query: string, params: unknown[] = []): Promise<unknown[]> {
  const reply = await database.fetch(
    new Request('http://local/sql', { method: 'POST', body: JSON.stringify({ query, params }) }),
  )
  if (!reply.ok) throw new Error(await reply.text())
  const { rows }: { rows: unknown[] } = JSON.parse(await reply.text())
  return rows
}

await run('CREATE TABLE IF NOT EXISTS kept (id integer PRIMARY KEY, filler text)')
const [last] = await run('SELECT coalesce(max(id), 0) AS id FROM kept')
let id = typeof last === 'object' && last !== null && 'id' in last ? Number(last.id) : 0
console.log('ready')
for (;;) {
  id += 1
  await run(`INSERT INTO kept VALUES ($1, repeat('x', 1500))`, [id])
  console.log(id)
}
