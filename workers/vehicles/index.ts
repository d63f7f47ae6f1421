import type { Operation } from '../http/operation.ts'
import { createVehicle } from './create-vehicle.ts'
import { getVehicle } from './get-vehicle.ts'
import { listVehicles } from './list-vehicles.ts'

export const vehicleOperations: readonly Operation[] = [listVehicles, createVehicle, getVehicle]
