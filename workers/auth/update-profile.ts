import { saveProfile } from '#db/queries/auth/profile.ts'
import { Problem } from '#packages/errors/problem.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { Profile, ProfileChange } from './contract.ts'
import { presentProfile } from './present.ts'

export const updateProfile = operation(
  {
    id: 'updateProfile',
    method: 'put',
    path: '/auth/profile',
    tag: 'Auth',
    summary: 'Change my profile; fields that are left out stay',
    access: 'user',
    limit: 'write',
    body: ProfileChange,
    replies: { 200: Profile },
    errors: ['not_found', 'email_taken'],
  },
  async (ctx, { body }) => {
    const person = await saveProfile(ctx.db, ctx.actor.userId, body, new Date(ctx.now))
    if (!person) throw new Problem('not_found')
    return ok(presentProfile(person))
  },
)
