import { sql } from 'drizzle-orm'
import type { Db } from '#db/client.ts'
import type { TraceLine } from '#packages/protocol/server-frame.ts'

/** Keeps how a ride was driven. The first line stays: it may be handed over again. */
export async function storeTrace(db: Db, rideId: string, line: TraceLine, now: Date): Promise<void> {
  const { startedAt, endedAt, polyline, seconds, metres } = line
  await db.execute(
    sql`insert into ride_traces (ride_id, started_at, ended_at, polyline, seconds, metres, stored_at)
      select id, ${startedAt}::timestamptz, ${endedAt}::timestamptz, ${polyline}::text,
        ${`{${seconds.join(',')}}`}::integer[], ${metres}::integer, ${now}::timestamptz
      from rides where id = ${rideId}
      on conflict (ride_id) do nothing`,
  )
}
