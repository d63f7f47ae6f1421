import { eq } from 'drizzle-orm'
import type { Db } from '#db/client.ts'
import { users } from '#db/schema/index.ts'
import type { Language } from '#packages/sms/languages.ts'

/** The language in which this person wants to read. Undefined: no such account. */
export async function loadReaderLanguage(db: Db, userId: string): Promise<Language | undefined> {
  const [row] = await db.select({ language: users.language }).from(users).where(eq(users.id, userId))
  return row?.language
}
