import type { Operation } from '../http/operation.ts'
import { banUser } from './ban-user.ts'
import { dismissReport } from './dismiss-report.ts'
import { findUsers } from './find-users.ts'
import { grantRole } from './grant-role.ts'
import { inspectReport } from './inspect-report.ts'
import { listAuditEvents } from './list-audit-events.ts'
import { listReports } from './list-reports.ts'
import { listStaff } from './list-staff.ts'
import { removeReview } from './remove-review.ts'
import { restoreReview } from './restore-review.ts'
import { unbanUser } from './unban-user.ts'
import { upholdReport } from './uphold-report.ts'
import { withdrawRole } from './withdraw-role.ts'

export const adminOperations: readonly Operation[] = [
  listStaff,
  grantRole,
  withdrawRole,
  findUsers,
  banUser,
  unbanUser,
  listAuditEvents,
  listReports,
  inspectReport,
  upholdReport,
  dismissReport,
  removeReview,
  restoreReview,
]
