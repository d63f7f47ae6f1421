import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type DatabaseStartError, startDatabase } from './start-database.ts'

const program = fileURLToPath(new URL('./insert-rows.fixture.ts', import.meta.url))
let parent: string

beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'database-'))
})
afterAll(async () => {
  await rm(parent, { recursive: true, force: true })
})

/** Runs the program until it has been ready for `afterMs` (or, before it is ready, for that long), then kills it. Gives the last acknowledged row. */
async function insertUntilKilled(directory: string, afterMs: number, from: 'spawn' | 'ready'): Promise<number> {
  const child = spawn(process.execPath, [program, directory], { stdio: ['ignore', 'pipe', 'inherit'] })
  const closed = once(child, 'close')
  let acknowledged = 0
  const ready = Promise.withResolvers<void>()
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line === 'ready') ready.resolve()
    else acknowledged = Number(line)
  })
  void closed.then(() => ready.resolve())
  if (from === 'ready') await ready.promise
  await sleep(afterMs)
  child.kill('SIGKILL')
  const [, signal] = await closed
  expect(signal).toBe('SIGKILL')
  return acknowledged
}

async function failure(work: Promise<unknown>): Promise<Partial<DatabaseStartError>> {
  return await work.then(
    () => ({}),
    (error: Error) => error,
  )
}

test('every acknowledged row survives a kill, and a kill during the first initialisation leaves nothing in the way', async () => {
  const directory = join(parent, 'killed')
  await insertUntilKilled(directory, 500 + Math.random() * 1_500, 'spawn')
  let acknowledged = 0
  for (let round = 0; round < 2; round += 1) {
    const last = await insertUntilKilled(directory, 100 + Math.random() * 500, 'ready')
    expect(last).toBeGreaterThan(acknowledged)
    acknowledged = last
  }

  const database = await startDatabase({ dataDir: directory })
  const second = await failure(startDatabase({ dataDir: directory }))
  const query = 'SELECT count(*)::int AS rows, max(id) AS last FROM kept'
  const reply = await database.fetch(
    new Request('http://local/sql', { method: 'POST', body: JSON.stringify({ query }) }),
  )
  const { rows }: { rows: { rows: number; last: number }[] } = JSON.parse(await reply.text())
  await database.close()

  expect(rows[0]?.rows).toBe(rows[0]?.last)
  expect(rows[0]?.last).toBeGreaterThanOrEqual(acknowledged)
  expect(second).toMatchObject({ name: 'DatabaseStartError', code: 'in_use' })
  expect(second.message).toContain('this process')
  expect(existsSync(join(directory, 'lock'))).toBe(false)
}, 60_000)

test('a directory that holds something else is reported as broken, left as it was and not locked', async () => {
  const directory = join(parent, 'broken')
  await mkdir(join(directory, 'cluster'), { recursive: true })
  await writeFile(join(directory, 'cluster', 'precious'), 'text')
  const error = await failure(startDatabase({ dataDir: directory }))
  expect(error).toMatchObject({ name: 'DatabaseStartError', code: 'broken' })
  expect(error.message).toContain(directory)
  expect(existsSync(join(directory, 'cluster', 'precious'))).toBe(true)
  expect(existsSync(join(directory, 'lock'))).toBe(false)
})

test('a cluster that PostgreSQL refuses is reported as broken', async () => {
  const directory = join(parent, 'damaged')
  await mkdir(join(directory, 'cluster'), { recursive: true })
  await writeFile(join(directory, 'cluster', 'PG_VERSION'), '18\n')
  expect(await failure(startDatabase({ dataDir: directory }))).toMatchObject({ code: 'broken' })
}, 20_000)
