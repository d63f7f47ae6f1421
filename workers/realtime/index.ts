import type { Operation } from '../http/operation.ts'
import { joinHub } from './join-hub.ts'

export const realtimeOperations: readonly Operation[] = [joinHub]
