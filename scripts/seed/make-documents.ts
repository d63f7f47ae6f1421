import type { documents } from '#db/schema/index.ts'
import type { Driver, Vehicle } from './make-people.ts'
import { type Random, randomId } from './random.ts'

export type Document = typeof documents.$inferInsert

/** The years in which papers end: far enough for any day on which the seed runs, and the same on each. */
const FIRST_YEAR = 2032
const LAST_YEAR = 2038

/**
 * What the configuration asks for, found valid when the driver joined. Without numbers and files: nobody has seen
 * these papers.
 */
export function makeDocuments(driver: Driver, vehicle: Vehicle, random: Random): Document[] {
  const make = (kind: Document['kind'], vehicleId: string | null): Document => ({
    id: randomId(random, driver.createdAt.getTime()),
    driverId: driver.userId,
    vehicleId,
    kind,
    expiresOn: `${random.whole(FIRST_YEAR, LAST_YEAR)}-0${random.whole(1, 9)}-${random.whole(10, 28)}`,
    state: 'valid',
    createdAt: driver.createdAt,
    reviewedAt: driver.createdAt,
  })
  return [make('driving_licence', null), make('registration', vehicle.id), make('insurance', vehicle.id)]
}
