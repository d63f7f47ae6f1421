import type { Operation } from '../http/operation.ts'
import { getHealth } from './get-health.ts'
import { getKeys } from './get-keys.ts'
import { getMetrics } from './get-metrics.ts'

export const healthOperations: readonly Operation[] = [getHealth, getMetrics, getKeys]
