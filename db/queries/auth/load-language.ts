import { eq } from 'drizzle-orm'
import type { Db } from '#db/client.ts'
import { users } from '#db/schema/index.ts'
import type { Language } from '#packages/sms/languages.ts'

/** The language of the account that has this phone. Undefined: none has it. */
export async function loadLanguage(db: Db, phone: string): Promise<Language | undefined> {
  const [row] = await db.select({ language: users.language }).from(users).where(eq(users.phone, phone))
  return row?.language
}
