import { type SQL, sql } from 'drizzle-orm'
import type { Db } from '#db/client.ts'

/** Breaks the books past every guard of the database, looks, and puts them right again. */
export async function whileBroken<Seen>(
  db: Db,
  tables: readonly string[],
  changes: readonly SQL[],
  look: () => Promise<Seen>,
): Promise<Seen> {
  const switchTriggers = (to: string) =>
    tables.map((table) => db.execute(sql.raw(`alter table ${table} ${to} trigger all`)))
  const copies = tables.map((table) => db.execute(sql.raw(`create table intact_${table} as table ${table}`)))
  const restored = tables.flatMap((table) => [
    db.execute(sql.raw(`delete from ${table}`)),
    db.execute(sql.raw(`insert into ${table} select * from intact_${table}`)),
    db.execute(sql.raw(`drop table intact_${table}`)),
  ])
  await db.batch([
    db.execute(sql`select 1`),
    ...copies,
    ...switchTriggers('disable'),
    ...changes.map((change) => db.execute(change)),
  ])
  try {
    return await look()
  } finally {
    await db.batch([db.execute(sql`select 1`), ...restored, ...switchTriggers('enable')])
  }
}

/** A database that tells of each statement. */
export function watched(inner: Db, tell: () => void): Db {
  return new Proxy(inner, {
    get: (target, name, receiver) => {
      if (name === 'execute') tell()
      return Reflect.get(target, name, receiver)
    },
  })
}
