import type { Operation } from '../http/operation.ts'
import { activateVehicle } from './activate-vehicle.ts'
import { changeVehicle } from './change-vehicle.ts'
import { createVehicle } from './create-vehicle.ts'
import { deleteVehicle } from './delete-vehicle.ts'
import { getSeatMap } from './get-seat-map.ts'
import { getVehicle } from './get-vehicle.ts'
import { listVehicles } from './list-vehicles.ts'
import { saveSeatMap } from './save-seat-map.ts'

export const vehicleOperations: readonly Operation[] = [
  listVehicles,
  createVehicle,
  getVehicle,
  changeVehicle,
  deleteVehicle,
  activateVehicle,
  getSeatMap,
  saveSeatMap,
]
