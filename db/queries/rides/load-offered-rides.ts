import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRows } from '#db/client.ts'
import { idArray } from '#db/lists.ts'
import { type Asker, OfferedRideRow, offeredRides } from './offered-ride.ts'

const Row = z.object({ ride: OfferedRideRow })

/** Those of the rides that are still scheduled, in any order. */
export async function loadOfferedRides(
  db: Db,
  rideIds: readonly string[],
  asker: Asker,
): Promise<OfferedRideRow[]> {
  const among = sql`ride.id = any(${idArray(rideIds)})`
  const rows = await readRows(db, offeredRides(among, asker), Row)
  return rows.map(({ ride }) => ride)
}
