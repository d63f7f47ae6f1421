import { loadAccounts } from '#db/queries/finance/load-accounts.ts'
import { accountKinds, ownedAccounts } from '#packages/ledger/kinds.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { LedgerAccounts } from './contract.ts'

const owned = new Set<string>(ownedAccounts)

export const listAccounts = operation(
  {
    id: 'listAccounts',
    method: 'get',
    path: '/admin/finance/accounts',
    tag: 'Finance',
    summary: 'What is on each account of the ledger, those of people together',
    access: 'finance',
    limit: 'read',
    replies: { 200: LedgerAccounts },
    errors: [],
  },
  async (ctx) => {
    const found = new Map((await loadAccounts(ctx.db)).map((row) => [row.kind, row]))
    const accounts = accountKinds.map(
      (kind) => found.get(kind) ?? { kind, balance: 0, owners: owned.has(kind) ? 0 : null },
    )
    const sum = accounts.reduce((total, { balance }) => total + balance, 0)
    return ok({ currency: 'INR', accounts, sum })
  },
)
