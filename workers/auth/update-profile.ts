import { loadProfile, saveProfile } from '#db/queries/auth/profile.ts'
import { isPromised } from '#db/queries/auth/same-gender-use.ts'
import { loadWomenOnlyUse } from '#db/queries/auth/women-only-use.ts'
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
    announces: true,
    body: ProfileChange,
    replies: { 200: Profile },
    errors: [
      'not_found',
      'email_taken',
      'phone_not_supported',
      'women_only_passenger',
      'women_only_routes',
      'same_gender_promised',
    ],
  },
  async (ctx, { body }) => {
    const trustedContacts = readContacts(body.trustedContacts, ctx.settings.PHONE_COUNTRIES)
    const { userId } = ctx.actor
    const now = new Date(ctx.now)
    const person = await saveProfile(ctx.db, userId, { ...body, trustedContacts }, now)
    if (person) return ok(await presentProfile(person, ctx))
    const unchanged = await loadProfile(ctx.db, userId)
    const own = trustedContacts?.findIndex(({ phone }) => phone === unchanged?.phone) ?? -1
    if (own >= 0)
      throw fieldProblem('invalid_fields', `trustedContacts.${own}.phone`, 'This is your own number')
    const use = unchanged && (await loadWomenOnlyUse(ctx.db, userId, now))
    if (use?.rides) throw new Problem('women_only_passenger')
    if (use?.drives) throw new Problem('women_only_routes')
    throw new Problem((await isPromised(ctx.db, userId)) ? 'same_gender_promised' : 'not_found')
  },
)
