import { duplexPair } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client, type ClientConfig } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { answerSql } from './answer-sql.ts'
import type { Backend } from './backend.ts'
import { openEmbedded } from './embedded-backend.ts'
import { serveClient } from './serve-client.ts'

const LOCK_WAIT_MS = 300
let backend: Backend

beforeAll(async () => {
  backend = await openEmbedded({ lockWaitMs: LOCK_WAIT_MS })
  await backend.pool.query('CREATE TABLE seats (id int PRIMARY KEY)')
}, 30_000)
afterAll(async () => {
  await backend.pool.end()
  await backend.close()
})

const post = async (query: string, timeoutMs?: number) => {
  const request = new Request('https://db/sql', { method: 'POST', body: JSON.stringify({ query }) })
  return await (await answerSql(request, backend.pool, timeoutMs)).json()
}

test('a dump starts another database with the same rows', async () => {
  await backend.pool.query('INSERT INTO seats VALUES (7)')
  const copy = await openEmbedded({ dump: await backend.dump() })
  const { rows } = await copy.pool.query('DELETE FROM seats RETURNING id')
  await copy.pool.end()
  await copy.close()
  expect(rows).toEqual([{ id: 7 }])
  expect((await backend.pool.query('DELETE FROM seats')).rowCount).toBe(1)
}, 20_000)

test('whoever waits too long for a transaction is told so, and the transaction goes on', async () => {
  const client = await backend.pool.connect()
  await client.query('BEGIN')
  await client.query('INSERT INTO seats VALUES (1)')
  expect(await post('SELECT 1')).toMatchObject({ code: '55P03', severity: 'ERROR' })
  await expect(backend.dump()).rejects.toThrow('busy')
  await client.query('COMMIT')
  client.release()
  expect(await post('SELECT id FROM seats')).toMatchObject({ rows: [{ id: 1 }] })
})

test('a statement that takes too long is answered with an error; what it did is rolled back', async () => {
  const slow = await post('INSERT INTO seats SELECT 100 FROM pg_sleep(0.5)', 100)
  expect(slow).toMatchObject({ code: '57014', severity: 'ERROR' })
  await sleep(600)
  expect(await post('SELECT 1 AS one')).toMatchObject({ rows: [{ one: 1 }] })
})

test('the event loop runs while a statement does', async () => {
  let ticks = 0
  const timer = setInterval(() => {
    ticks += 1
  }, 5)
  await backend.pool.query('SELECT pg_sleep(0.2)')
  clearInterval(timer)
  expect(ticks).toBeGreaterThan(10)
})

test('a connection finds the session clean, whatever the one before it did', async () => {
  const first = await backend.pool.connect()
  await first.query(`SET statement_timeout = 4711; SELECT pg_advisory_lock(1); CREATE TEMP TABLE scrap (a int)`)
  await first.query('BEGIN')
  await expect(first.query('SELECT bogus')).rejects.toMatchObject({ code: '42703' })
  first.release(true)
  const second = await backend.pool.connect()
  const { rows } = await second.query(`SELECT current_setting('statement_timeout') AS timeout,
    to_regclass('scrap') AS scrap, (SELECT count(*)::int FROM pg_locks WHERE locktype = 'advisory') AS locks`)
  expect(rows).toEqual([{ timeout: '0', scrap: null, locks: 0 }])
  expect(second.getTransactionStatus()).toBe('I')
  second.release()
})

test('endless recursion is an SQL error, and the session is sound after it', async () => {
  await backend.pool.query(
    `CREATE FUNCTION dive(depth int) RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN dive(depth + 1); END'`,
  )
  expect(await post('SELECT dive(0)')).toMatchObject({ code: '54001' })
  expect(await post('SELECT 1 AS one')).toMatchObject({ rows: [{ one: 1 }] })
})

test('COPY FROM STDIN is refused in both protocols, and COPY TO STDOUT does no harm', async () => {
  await expect(backend.pool.query('COPY seats FROM STDIN')).rejects.toMatchObject({ code: '57014' })
  expect(await post('COPY seats FROM STDIN')).toMatchObject({ code: '57014' })
  expect(await post('COPY seats TO STDOUT')).toMatchObject({ command: 'COPY' })
  expect(await post('SELECT 1 AS one')).toMatchObject({ rows: [{ one: 1 }] })
})

test('a client that pipelines gets every answer in order, errors among them', async () => {
  const [near, far] = duplexPair()
  void serveClient(far, backend)
  const stream = Object.assign(near, {
    connect: () => process.nextTick(() => near.emit('connect')),
    setNoDelay: () => undefined,
  })
  const config: ClientConfig = { stream: () => stream, password: 'x', user: 'postgres', pipeline: true }
  const client = new Client(config)
  await client.connect()
  const answers = await Promise.allSettled([
    client.query('SELECT $1::int AS a', [1]),
    client.query('SELECT bogus, $1::int', [2]),
    client.query('SELECT $1::int AS a', [3]),
  ])
  expect(
    answers.map((answer) => (answer.status === 'fulfilled' ? answer.value.rows : answer.reason.code)),
  ).toEqual([[{ a: 1 }], '42703', [{ a: 3 }]])
  await client.end()
})
