import { adminOperations } from './admin/index.ts'
import { alertOperations } from './alerts/index.ts'
import { authOperations } from './auth/index.ts'
import { bookingOperations } from './bookings/index.ts'
import { chatOperations } from './chat/index.ts'
import { documentOperations } from './documents/index.ts'
import { driverOperations } from './driver/index.ts'
import { earningOperations } from './earnings/index.ts'
import { financeOperations } from './finance/index.ts'
import { healthOperations } from './health/index.ts'
import type { Operation } from './http/operation.ts'
import { notificationOperations } from './notifications/index.ts'
import { paymentOperations } from './payments/index.ts'
import { payoutOperations } from './payouts/index.ts'
import { peopleOperations } from './people/index.ts'
import { placeOperations } from './places/index.ts'
import { realtimeOperations } from './realtime/index.ts'
import { reviewOperations } from './reviews/index.ts'
import { rideOperations } from './rides/index.ts'
import { routeOperations } from './routes/index.ts'
import { safetyOperations, safetyPages } from './safety/index.ts'
import { storageOperations } from './storage/index.ts'
import { vehicleOperations } from './vehicles/index.ts'

/** Everything below `/api/v1`. Router, documents, metrics and tests read this list and no other. */
export const apiOperations: readonly Operation[] = [
  ...authOperations,
  ...driverOperations,
  ...vehicleOperations,
  ...documentOperations,
  ...routeOperations,
  ...alertOperations,
  ...rideOperations,
  ...bookingOperations,
  ...paymentOperations,
  ...earningOperations,
  ...payoutOperations,
  ...chatOperations,
  ...realtimeOperations,
  ...reviewOperations,
  ...peopleOperations,
  ...safetyOperations,
  ...notificationOperations,
  ...storageOperations,
  ...placeOperations,
  ...adminOperations,
  ...financeOperations,
]

/** What stands outside the versioned API. */
export const rootOperations: readonly Operation[] = [...healthOperations, ...safetyPages]
