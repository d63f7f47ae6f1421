import { loadAccountUse } from '#db/queries/auth/account-in-use.ts'
import { loadProfile } from '#db/queries/auth/profile.ts'
import { Problem } from '#packages/errors/problem.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { OtpSent, sendCodes, sendRefusals } from './send-code.ts'

export const startAccountDeletion = operation(
  {
    id: 'startAccountDeletion',
    method: 'post',
    path: '/auth/account/deletion',
    tag: 'Auth',
    summary: 'Send me the code that deletes my account',
    access: 'user',
    limit: 'write',
    idempotent: true,
    replies: { 200: OtpSent },
    errors: ['not_found', 'account_in_use', 'wallet_not_empty', ...sendRefusals],
  },
  async (ctx) => {
    const { userId } = ctx.actor
    const [person, account] = await Promise.all([
      loadProfile(ctx.db, userId),
      loadAccountUse(ctx.db, userId, new Date(ctx.now)),
    ])
    if (!person || !account) throw new Problem('not_found')
    // Said before an SMS is spent; what counts is what the confirmation finds.
    if (account.inUse) throw new Problem('account_in_use')
    if (account.isOwed) throw new Problem('wallet_not_empty')
    return ok(await sendCodes(ctx, person.language, { purpose: 'deletion', phone: person.phone, userId }))
  },
)
