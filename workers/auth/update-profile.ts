import { loadProfile, saveProfile } from '#db/queries/auth/profile.ts'
import { fieldProblem, Problem } from '#packages/errors/problem.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { Profile, ProfileChange } from './contract.ts'
import { presentProfile } from './present.ts'
import { readContacts } from './read-contacts.ts'

export const updateProfile = operation(
  {
    id: 'updateProfile',
    method: 'put',
    path: '/auth/profile',
    tag: 'Auth',
    summary:
      'Change my profile; fields that are left out stay, and the list of trusted contacts changes as a whole',
    access: 'user',
    limit: 'write',
    body: ProfileChange,
    replies: { 200: Profile },
    errors: ['not_found', 'email_taken', 'phone_not_supported'],
  },
  async (ctx, { body }) => {
    const trustedContacts = readContacts(body.trustedContacts, ctx.settings.PHONE_COUNTRIES)
    const { userId } = ctx.actor
    const person = await saveProfile(ctx.db, userId, { ...body, trustedContacts }, new Date(ctx.now))
    if (person) return ok(await presentProfile(person, ctx))
    const unchanged = await loadProfile(ctx.db, userId)
    const own = trustedContacts?.findIndex(({ phone }) => phone === unchanged?.phone) ?? -1
    if (own < 0) throw new Problem('not_found')
    throw fieldProblem('invalid_fields', `trustedContacts.${own}.phone`, 'This is your own number')
  },
)
