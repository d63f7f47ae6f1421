import type { Operation } from '../http/operation.ts'
import { confirmAccountDeletion } from './confirm-account-deletion.ts'
import { confirmPhoneChange } from './confirm-phone-change.ts'
import { endSession } from './end-session.ts'
import { endSessions } from './end-sessions.ts'
import { exportAccount } from './export-account.ts'
import { getProfile } from './get-profile.ts'
import { listSessions } from './list-sessions.ts'
import { logout } from './logout.ts'
import { refreshToken } from './refresh-token.ts'
import { sendOtp } from './send-otp.ts'
import { startAccountDeletion } from './start-account-deletion.ts'
import { startPhoneChange } from './start-phone-change.ts'
import { updateProfile } from './update-profile.ts'
import { verifyOtp } from './verify-otp.ts'

export const authOperations: readonly Operation[] = [
  sendOtp,
  verifyOtp,
  refreshToken,
  logout,
  listSessions,
  endSession,
  endSessions,
  getProfile,
  updateProfile,
  startPhoneChange,
  confirmPhoneChange,
  exportAccount,
  startAccountDeletion,
  confirmAccountDeletion,
]
