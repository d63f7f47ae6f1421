import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import { type LocalDatabase, startDatabase } from '../../packages/local-cloud/database/start-database.ts'
import { applyMigrations } from '../system/apply-migrations.ts'

/** A migrated database of its own on the PostgreSQL at this address; closing it drops it. */
export async function createRealDatabase(server: string): Promise<LocalDatabase> {
  const name = `world_${randomBytes(6).toString('hex')}`
  await run(server, `create database ${name}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  const database = await startDatabase({ url: url.href })
  await applyMigrations(database)
  const close = async () => {
    await database.close()
    await run(server, `drop database ${name} with (force)`)
  }
  return { ...database, close }
}

async function run(server: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: server })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
