import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRows } from '#db/client.ts'
import { keysOf } from '#packages/routes/plan-rides.ts'
import { StoredWayRow, wayColumns } from './stored-way.ts'

const BATCH_SIZE = 500

const MissingRow = StoredWayRow.extend({ id: z.string(), departsAt: z.coerce.date() })

/**
 * Lists rides that can be booked and that the search cannot find: those that were made before there were corridors. Returns how
 * many; again it lists none. It reads every ride that is ahead, so it is for after a migration and not for every minute.
 */
export async function fillCorridors(db: Db, now: Date): Promise<number> {
  let filled = 0
  for (;;) {
    const rides = await loadMissing(db, now)
    if (rides.length === 0) return filled
    const rows = rides.map((ride) => ({ id: ride.id, keys: keysOf(ride, ride.departsAt.getTime()) }))
    await db.execute(sql`with missing as (
        select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as missing (id uuid, keys bigint[])
      ), ride as (
        select rides.id, route_id, departs_at, arrives_at, keys from rides join missing on missing.id = rides.id
        where status = 'scheduled' for share of rides
      )
      insert into ride_corridors (ride_id, route_id, departs_at, arrives_at, keys)
      select id, route_id, departs_at, arrives_at, keys from ride
      on conflict do nothing`)
    filled += rides.length
  }
}

function loadMissing(db: Db, now: Date): Promise<z.infer<typeof MissingRow>[]> {
  return readRows(
    db,
    sql`select ride.id, ride.departs_at as "departsAt", ${wayColumns}
      from rides ride join routes route on route.id = ride.route_id
      where ride.status = 'scheduled' and ride.departs_at > ${now} and route.archived_at is null
        and not exists (select 1 from ride_corridors where ride_id = ride.id)
      limit ${BATCH_SIZE}`,
    MissingRow,
  )
}
