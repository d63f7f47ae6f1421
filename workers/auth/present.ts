import type { z } from '@hono/zod-openapi'
import type { SessionItemRow } from '#db/queries/auth/list-sessions.ts'
import type { PersonRow } from '#db/queries/auth/person.ts'
import type { Actor, Ctx } from '../context.ts'
import { presentPhoto } from '../http/photo.ts'
import type { Profile, Session } from './contract.ts'

type AnyCtx = Ctx<Actor | null>

export async function presentProfile(person: PersonRow, ctx: AnyCtx): Promise<z.input<typeof Profile>> {
  const { id, phone, name, email, language, gender, trustedContacts, notificationChoices, showsPresence } =
    person
  return {
    ...{ id, phone, name, email, language, gender, trustedContacts },
    ...{ notificationChoices, showsPresence },
    photo: person.photo && (await presentPhoto(person.photo, ctx)),
    roles: person.isDriver ? ['passenger', 'driver'] : ['passenger'],
    createdAt: person.createdAt.toISOString(),
  }
}

/** @param currentId of the session that asks */
export function presentSession(session: SessionItemRow, currentId: string): z.input<typeof Session> {
  const { id, deviceName, createdAt, lastUsedAt } = session
  return {
    ...{ id, deviceName, current: id === currentId },
    createdAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt.toISOString(),
  }
}
