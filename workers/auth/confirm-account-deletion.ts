import { z } from '@hono/zod-openapi'
import { deleteAccount } from '#db/queries/auth/delete-account.ts'
import { loadProfile } from '#db/queries/auth/profile.ts'
import { Problem } from '#packages/errors/problem.ts'
import { operation } from '../http/operation.ts'
import { noContent } from '../http/reply.ts'
import { setStanding } from '../http/session-standing.ts'
import { codesOf, OtpInput, redeemRefusals } from './send-code.ts'

/**
 * No Idempotency-Key: the code is good once, and after the deletion nobody is left to whom a reply could be given again;
 * `session_revoked` then says that it is done.
 */
export const confirmAccountDeletion = operation(
  {
    id: 'confirmAccountDeletion',
    method: 'post',
    path: '/auth/account/deletion/confirm',
    tag: 'Auth',
    summary: 'Delete my account with the code I was sent; my tokens stop working at once',
    access: 'user',
    limit: 'write',
    announces: true,
    body: z.strictObject({ code: OtpInput }),
    replies: { 204: null },
    errors: ['not_found', 'account_in_use', 'wallet_not_empty', ...redeemRefusals],
  },
  async (ctx, { body }) => {
    const { userId } = ctx.actor
    const person = await loadProfile(ctx.db, userId)
    if (!person) throw new Problem('not_found')
    const use = { purpose: 'deletion', phone: person.phone, userId } as const
    await codesOf(ctx).redeem({ ...use, code: body.code, field: 'code' })
    const deletion = await deleteAccount(ctx.db, userId, new Date(ctx.now))
    if (!deletion) throw new Problem('not_found')
    if (deletion.inUse) throw new Problem('account_in_use')
    if (deletion.isOwed) throw new Problem('wallet_not_empty')
    await setStanding(ctx, deletion.sessionIds, 'revoked')
    return noContent()
  },
)
