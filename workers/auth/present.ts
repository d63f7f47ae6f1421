import type { z } from '@hono/zod-openapi'
import type { PersonRow } from '#db/queries/auth/person.ts'
import type { Profile } from './contract.ts'

export function presentProfile(person: PersonRow): z.input<typeof Profile> {
  const { id, phone, name, email, language } = person
  const roles: z.input<typeof Profile>['roles'] = person.isDriver ? ['passenger', 'driver'] : ['passenger']
  return { id, phone, name, email, language, roles, createdAt: person.createdAt.toISOString() }
}
