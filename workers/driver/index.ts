import type { Operation } from '../http/operation.ts'
import { getDriverProfile } from './get-driver-profile.ts'
import { getDriverStats } from './get-driver-stats.ts'
import { reportLocation } from './report-location.ts'
import { saveDriverProfile } from './save-driver-profile.ts'
import { setOnlineStatus } from './set-online-status.ts'

export const driverOperations: readonly Operation[] = [
  getDriverProfile,
  saveDriverProfile,
  setOnlineStatus,
  reportLocation,
  getDriverStats,
]
