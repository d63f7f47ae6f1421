import type { Operation } from '../http/operation.ts'
import { getProfile } from './get-profile.ts'
import { logout } from './logout.ts'
import { refreshToken } from './refresh-token.ts'
import { sendOtp } from './send-otp.ts'
import { updateProfile } from './update-profile.ts'
import { verifyOtp } from './verify-otp.ts'

export const authOperations: readonly Operation[] = [
  sendOtp,
  verifyOtp,
  refreshToken,
  logout,
  getProfile,
  updateProfile,
]
