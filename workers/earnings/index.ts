import type { Operation } from '../http/operation.ts'
import { addPayoutMethod } from './add-payout-method.ts'
import { calculateEarnings } from './calculate-earnings.ts'
import { cancelWithdrawal } from './cancel-withdrawal.ts'
import { getBalance } from './get-balance.ts'
import { getDriverEarnings } from './get-driver-earnings.ts'
import { getStatement } from './get-statement.ts'
import { getWithdrawal } from './get-withdrawal.ts'
import { listPayoutMethods } from './list-payout-methods.ts'
import { listWithdrawals } from './list-withdrawals.ts'
import { removePayoutMethod } from './remove-payout-method.ts'
import { withdraw } from './withdraw.ts'

export const earningOperations: readonly Operation[] = [
  calculateEarnings,
  getDriverEarnings,
  getStatement,
  getBalance,
  listPayoutMethods,
  addPayoutMethod,
  removePayoutMethod,
  withdraw,
  listWithdrawals,
  getWithdrawal,
  cancelWithdrawal,
]
