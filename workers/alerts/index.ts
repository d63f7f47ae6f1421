import type { Operation } from '../http/operation.ts'
import { createAlert } from './create-alert.ts'
import { deleteAlert } from './delete-alert.ts'
import { getAlert } from './get-alert.ts'
import { listAlerts } from './list-alerts.ts'

export const alertOperations: readonly Operation[] = [createAlert, listAlerts, getAlert, deleteAlert]
