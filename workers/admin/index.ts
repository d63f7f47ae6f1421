import type { Operation } from '../http/operation.ts'
import { banUser } from './ban-user.ts'
import { findUsers } from './find-users.ts'
import { grantRole } from './grant-role.ts'
import { listAuditEvents } from './list-audit-events.ts'
import { listStaff } from './list-staff.ts'
import { unbanUser } from './unban-user.ts'
import { withdrawRole } from './withdraw-role.ts'

export const adminOperations: readonly Operation[] = [
  listStaff,
  grantRole,
  withdrawRole,
  findUsers,
  banUser,
  unbanUser,
  listAuditEvents,
]
