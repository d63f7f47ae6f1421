import type { Db } from '#db/client.ts'
import type { RideDatabase } from '#packages/ride-room/ride-database.ts'
import { loadRidePlan } from './load-ride-plan.ts'
import { storeTrace } from './store-trace.ts'

/** What rooms need of the database. @param open gives the database when it is needed */
export function rideDatabase(open: () => Db): RideDatabase {
  return {
    loadPlan: async (rideId) => (await loadRidePlan(open(), rideId)) ?? null,
    storeTrace: (rideId, line) => storeTrace(open(), rideId, line, new Date()),
  }
}
