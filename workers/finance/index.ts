import type { Operation } from '../http/operation.ts'
import { listAccounts } from './list-accounts.ts'
import { listFindings } from './list-findings.ts'
import { listTransactions } from './list-transactions.ts'
import { listWebhooks } from './list-webhooks.ts'
import { resolveFinding } from './resolve-finding.ts'
import { retryWebhook } from './retry-webhook.ts'

export const financeOperations: readonly Operation[] = [
  listFindings,
  resolveFinding,
  listAccounts,
  listTransactions,
  listWebhooks,
  retryWebhook,
]
