import type { Operation } from '../http/operation.ts'
import { blockUser } from './block-user.ts'
import { createReport } from './create-report.ts'
import { getUser } from './get-user.ts'
import { listBlocks } from './list-blocks.ts'
import { listMyReports } from './list-my-reports.ts'
import { unblockUser } from './unblock-user.ts'

export const peopleOperations: readonly Operation[] = [
  getUser,
  blockUser,
  unblockUser,
  listBlocks,
  createReport,
  listMyReports,
]
