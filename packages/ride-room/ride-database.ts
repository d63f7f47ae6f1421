import type { TraceLine } from '#packages/protocol/server-frame.ts'
import type { PlanRow } from './ride-plan.ts'

/** What a room needs of the database. */
export interface RideDatabase {
  /** How the ride is planned; null where there is no such ride. */
  loadPlan(rideId: string): Promise<PlanRow | null>
  /** Safe to repeat: the first line stays. */
  storeTrace(rideId: string, line: TraceLine): Promise<void>
}
