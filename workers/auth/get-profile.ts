import { loadProfile } from '#db/queries/auth/profile.ts'
import { Problem } from '#packages/errors/problem.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { Profile } from './contract.ts'
import { presentProfile } from './present.ts'

export const getProfile = operation(
  {
    id: 'getProfile',
    method: 'get',
    path: '/auth/profile',
    tag: 'Auth',
    summary: 'Who I am',
    access: 'user',
    limit: 'read',
    replies: { 200: Profile },
    errors: ['not_found'],
  },
  async (ctx) => {
    const person = await loadProfile(ctx.db, ctx.actor.userId)
    if (!person) throw new Problem('not_found')
    return ok(await presentProfile(person, ctx))
  },
)
