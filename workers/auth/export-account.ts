import { AccountExport as Everything } from '#db/queries/auth/account-export.ts'
import { exportAccount as readAccount } from '#db/queries/auth/export-account.ts'
import { Problem } from '#packages/errors/problem.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'

const AccountExport = Everything.openapi('AccountExport')

export const exportAccount = operation(
  {
    id: 'exportAccount',
    method: 'get',
    path: '/auth/account/export',
    tag: 'Auth',
    summary: 'Everything that is stored about me, as one document',
    access: 'user',
    limit: 'export',
    replies: { 200: AccountExport },
    errors: ['not_found'],
  },
  async (ctx) => {
    const everything = await readAccount(ctx.db, ctx.actor.userId)
    if (!everything) throw new Problem('not_found')
    ctx.replyHeaders.set('content-disposition', 'attachment; filename="margwa-account.json"')
    return ok(everything)
  },
)
