import type { Operation } from '../http/operation.ts'
import { getDriverProfile } from './get-driver-profile.ts'
import { saveDriverProfile } from './save-driver-profile.ts'

export const driverOperations: readonly Operation[] = [getDriverProfile, saveDriverProfile]
