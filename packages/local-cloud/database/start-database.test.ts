import { neon } from '@neondatabase/serverless'
import { sql as fragment } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/neon-http'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { connectNeon, type NeonConnection } from './neon-connection.fixture.ts'
import { CREATE_RIDES, probeRides } from './probe-rides.fixture.ts'
import { type LocalDatabase, startDatabase } from './start-database.ts'

/** A real server takes part where TEST_DATABASE_URL names one (its table `probe_rides` is dropped). */
const url = process.env['TEST_DATABASE_URL']
const kinds = [
  { kind: 'embedded', options: {} },
  ...(url === undefined ? [] : [{ kind: 'postgres', options: { url } }]),
]

describe.each(kinds)('$kind', ({ kind, options }) => {
  let database: LocalDatabase
  let connection: NeonConnection
  let sql: NeonConnection['sql']

  beforeAll(async () => {
    database = await startDatabase(options)
    expect(database.kind).toBe(kind)
    connection = await connectNeon(database)
    sql = connection.sql
    for (const statement of CREATE_RIDES) await sql.query(statement)
  }, 60_000)
  afterAll(async () => {
    await connection.close()
    await database.close()
  })
  beforeEach(async () => {
    await sql`TRUNCATE probe_rides`
  })

  const count = async () => (await sql`SELECT count(*)::int AS n FROM probe_rides`).rows[0]?.['n']
  const post = async (body: unknown, headers: Record<string, string> = {}) =>
    await database.fetch(new Request('https://db/sql', { method: 'POST', body: JSON.stringify(body), headers }))

  test('values of every type come back as the driver promises', async () => {
    const { rows } =
      await sql`SELECT ${1}::int AS i, ${'9007199254740993'}::bigint AS b, ${'naïve ☂'}::text AS t,
      ${new Date(0.5e12 + 123)}::timestamptz = '1985-11-05 00:53:20.123+00' AS at, ${{ a: [1, null] }}::jsonb AS j, ${['x', 'y,"z']}::text[] AS arr, ${null}::text AS n,
      ${true}::bool AS yes, ${Buffer.from([0, 255])}::bytea AS raw, ${1.5}::float8 AS f`
    expect(rows).toEqual([
      {
        i: 1,
        b: '9007199254740993',
        t: 'naïve ☂',
        at: true,
        j: { a: [1, null] },
        arr: ['x', 'y,"z'],
        n: null,
        yes: true,
        raw: Buffer.from([0, 255]),
        f: 1.5,
      },
    ])
  })

  test('a full result has the command, the count and the fields', async () => {
    const result = await sql`INSERT INTO probe_rides (id, name) VALUES (1, 'a'), (2, 'b') RETURNING id`
    expect(result).toMatchObject({ command: 'INSERT', rowCount: 2, fields: [{ name: 'id', dataTypeID: 23 }] })
    expect(await sql`UPDATE probe_rides SET name = 'c'`).toMatchObject({
      command: 'UPDATE',
      rowCount: 2,
      rows: [],
    })
  })

  test('the bytes on the wire are those of Neon', async () => {
    const headers = { 'Neon-Raw-Text-Output': 'true', 'Neon-Array-Mode': 'true' }
    const reply = await post({ query: 'SELECT $1::int AS a, $2::bool, NULL::text', params: [7, true] }, headers)
    expect(reply.status).toBe(200)
    expect(await reply.json()).toMatchObject({
      command: 'SELECT',
      rowCount: 1,
      rowAsArray: true,
      rows: [['7', 't', null]],
      fields: [{ name: 'a', dataTypeID: 23, format: 'text' }, { dataTypeID: 16 }, { dataTypeID: 25 }],
    })
    const plain = await post({ query: 'SELECT $1::int AS a, $2::jsonb AS b', params: ['7', { c: true }] })
    expect(await plain.json()).toMatchObject({ rowAsArray: false, rows: [{ a: 7, b: { c: true } }] })
    const batch = await post({
      queries: [{ query: 'SELECT 1 AS a' }, { query: 'SELECT 2 AS a', arrayMode: true }],
    })
    expect(await batch.json()).toMatchObject({
      results: [{ rows: [{ a: 1 }] }, { rowAsArray: true, rows: [[2]] }],
    })
  })

  test('an SQL error carries what PostgreSQL says', async () => {
    await sql`INSERT INTO probe_rides (id, name) VALUES (1, 'a')`
    await expect(sql`INSERT INTO probe_rides (id, name) VALUES (1, 'b')`).rejects.toMatchObject({
      name: 'NeonDbError',
      code: '23505',
      constraint: 'probe_rides_pkey',
      table: 'probe_rides',
      schema: 'public',
      detail: 'Key (id)=(1) already exists.',
      severity: 'ERROR',
      routine: '_bt_check_unique',
    })
    await expect(sql`INSERT INTO probe_rides (id, name) VALUES (2, '')`).rejects.toMatchObject({
      code: '23514',
      constraint: 'named',
    })
    await expect(sql`INSERT INTO probe_rides (id) VALUES (2)`).rejects.toMatchObject({
      code: '23502',
      column: 'name',
    })
    await expect(sql`SELECT bogus`).rejects.toMatchObject({ code: '42703', position: '8' })
    await expect(sql`SELECT 1; SELECT 2`).rejects.toMatchObject({ code: '42601' })
    await expect(sql`COPY probe_rides FROM STDIN`).rejects.toMatchObject({ code: '57014' })
    expect(await count()).toBe(1)
  })

  test('a batch is one transaction, with the mode asked for', async () => {
    const insert = (id: number) => sql`INSERT INTO probe_rides (id, name) VALUES (${id}, 'a')`
    await expect(sql.transaction([insert(1), insert(2), insert(1)])).rejects.toMatchObject({ code: '23505' })
    expect(await count()).toBe(0)
    await sql.transaction([insert(1), insert(2)])
    expect(await count()).toBe(2)
    await expect(sql.transaction([insert(3)], { readOnly: true })).rejects.toMatchObject({ code: '25006' })
    const mode = { isolationLevel: 'Serializable', readOnly: true, deferrable: true } as const
    const shown = await sql.transaction(
      [sql`SHOW transaction_isolation`, sql`SHOW transaction_read_only`, sql`SHOW transaction_deferrable`],
      mode,
    )
    expect(shown.flatMap(({ rows }) => rows.map((row) => Object.values(row)[0]))).toEqual([
      'serializable',
      'on',
      'on',
    ])
    const [level] = await sql.transaction([sql`SHOW transaction_isolation`], {
      isolationLevel: 'ReadUncommitted',
    })
    expect(level?.rows).toEqual([{ transaction_isolation: 'read uncommitted' }])
  })

  test('nothing is kept from one request to the next', async () => {
    await sql`BEGIN`
    await sql`INSERT INTO probe_rides (id, name) VALUES (1, 'a')`
    await sql`ROLLBACK`
    await sql`SET search_path = nowhere`
    await sql`PREPARE leftover AS SELECT 1`
    expect(await count()).toBe(1)
    await expect(sql`EXECUTE leftover`).rejects.toMatchObject({ code: '26000' })
  })

  test('drizzle works unchanged, batches included', async () => {
    const db = drizzle(neon('postgres://u:p@db/app'))
    const row = { id: 1, name: 'a', fare: 2n ** 60n, tags: ['x'], extra: { k: 1 }, at: new Date(0) }
    const [inserted, updated] = await db.batch([
      db.insert(probeRides).values(row).returning(),
      db.update(probeRides).set({ name: 'b' }).returning({ name: probeRides.name }),
    ])
    expect(inserted).toEqual([row])
    expect(updated).toEqual([{ name: 'b' }])
    const broken = db.batch([db.delete(probeRides), db.execute(fragment`SELECT 1 / 0`)])
    await expect(broken).rejects.toMatchObject({ code: '22012' })
    expect(await db.select().from(probeRides)).toEqual([{ ...row, name: 'b' }])
    await expect(db.insert(probeRides).values(row)).rejects.toMatchObject({
      cause: { code: '23505', constraint: 'probe_rides_pkey' },
    })
  })

  test('a transaction over a WebSocket commits, rolls back, and is rolled back when its socket is cut', async () => {
    const pool = connection.pool()
    const client = await pool.connect()
    try {
      await client.query('BEGIN')
      await client.query('INSERT INTO probe_rides (id, name) VALUES ($1, $2)', [1, 'a'])
      await client.query('COMMIT')
      await client.query('BEGIN')
      await client.query('INSERT INTO probe_rides (id, name) VALUES (2, $1)', ['b'])
      await expect(client.query('SELECT bogus')).rejects.toMatchObject({ code: '42703' })
      await expect(client.query('SELECT 1')).rejects.toMatchObject({ code: '25P02' })
      await client.query('ROLLBACK')
      await client.query('BEGIN')
      await client.query(`INSERT INTO probe_rides (id, name) VALUES (3, 'c')`)
    } finally {
      client.release(true)
      await pool.end()
    }
    expect((await sql`SELECT id FROM probe_rides`).rows).toEqual([{ id: 1 }])
  })

  test('named statements over a WebSocket outlive the turns of others', async () => {
    const pool = connection.pool()
    const client = await pool.connect()
    const ask = async (id: number) =>
      (await client.query({ name: 'ask', text: 'SELECT $1::int AS a', values: [id] })).rows
    expect(await ask(1)).toEqual([{ a: 1 }])
    await sql`SELECT 1`
    expect(await ask(2)).toEqual([{ a: 2 }])
    client.release()
    await pool.end()
  })

  test('another client that needs the same row waits for a WebSocket transaction', async () => {
    await sql`INSERT INTO probe_rides (id, name) VALUES (1, 'a')`
    const pool = connection.pool()
    const client = await pool.connect()
    await client.query('BEGIN')
    await client.query(`UPDATE probe_rides SET name = 'first' WHERE id = 1`)
    const order: string[] = []
    const other = sql`UPDATE probe_rides SET name = name || ' second' WHERE id = 1 RETURNING name`.then(
      ({ rows }) => {
        order.push('other')
        return rows
      },
    )
    await client.query('SELECT pg_sleep(0.1)')
    order.push('commit')
    await client.query('COMMIT')
    expect(await other).toEqual([{ name: 'first second' }])
    expect(order).toEqual(['commit', 'other'])
    client.release()
    await pool.end()
  })

  test('PostGIS measures the way from Bengaluru to Mysuru', async () => {
    const { rows } =
      await sql`SELECT round(ST_Distance('POINT(77.59 12.97)'::geography, 'POINT(76.64 12.30)'::geography)) AS m`
    expect(Number(rows[0]?.['m'])).toBeCloseTo(127_000, -4)
  })

  test('what is no request of the protocol is refused', async () => {
    expect((await database.fetch(new Request('https://db/'))).status).toBe(404)
    expect((await database.fetch(new Request('https://db/sql'))).status).toBe(404)
    expect((await post({ sql: 'SELECT 1' })).status).toBe(400)
    expect((await post({ query: 'SELECT 1' }, { 'Neon-Batch-Isolation-Level': 'Chaos' })).status).toBe(400)
  })

  test('fifty queries at once are all answered', async () => {
    const replies = await Promise.all(
      Array.from({ length: 50 }, async (_, i) => (await sql`SELECT ${i}::int AS i`).rows[0]),
    )
    expect(replies).toEqual(Array.from({ length: 50 }, (_, i) => ({ i })))
  })

  test.runIf(kind === 'postgres')('a real server is not dumped', async () => {
    await expect(database.dump()).rejects.toThrow('pg_dump')
  })
})

test('a server that cannot be reached is named without the password', async () => {
  const failed = startDatabase({ url: 'postgres://user:secret@127.0.0.1:1/app' })
  await expect(failed).rejects.toMatchObject({ code: 'unreachable' })
  await expect(failed).rejects.toThrow('127.0.0.1:1/app')
  await expect(failed).rejects.not.toThrow('secret')
})
