import { bigint, index, pgTable, uuid } from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'
import { rides } from './rides.ts'
import { routes } from './routes.ts'

/**
 * Where a ride that can be booked passes when, as keys of `packages/corridor`. The row is there exactly while the ride
 * is scheduled: the statements that make, start and cancel a ride write and delete it, and the sweep deletes those past
 * their departure. Keys are read through the index only, so the table keeps them out of line (see migrations).
 * What the search has to know of every ride that it finds stands here too, so that it need not read the ride.
 * Without `fastupdate`: a search would have to read the list of what is not indexed yet.
 */
export const rideCorridors = pgTable(
  'ride_corridors',
  {
    rideId: uuid('ride_id')
      .primaryKey()
      .references(() => rides.id, { onDelete: 'cascade' }),
    routeId: uuid('route_id')
      .notNull()
      .references(() => routes.id),
    departsAt: instant('departs_at').notNull(),
    arrivesAt: instant('arrives_at').notNull(),
    keys: bigint('keys', { mode: 'number' }).array().notNull(),
  },
  (t) => [
    index('ride_corridors_keys_idx').using('gin', t.keys).with({ fastupdate: false }),
    index('ride_corridors_departs_idx').on(t.departsAt),
  ],
)
