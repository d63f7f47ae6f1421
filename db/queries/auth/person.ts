import { z } from 'zod'

/** A user as the auth queries return it: the person plus what makes the roles. */
export const PersonRow = z.object({
  id: z.string(),
  phone: z.string(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  language: z.string(),
  createdAt: z.coerce.date(),
  isDriver: z.boolean(),
})
export type PersonRow = z.infer<typeof PersonRow>

/** The columns of a PersonRow, from a row called `person`. */
export const personColumns = `person.id, person.phone, person.name, person.email, person.language,
  person.created_at as "createdAt",
  exists (select 1 from drivers where drivers.user_id = person.id) as "isDriver"`
