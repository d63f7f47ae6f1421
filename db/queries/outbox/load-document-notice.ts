import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow } from '#db/client.ts'
import { DOCUMENT_KINDS, DOCUMENT_STATES } from '#packages/documents/kinds.ts'
import { LANGUAGES } from '#packages/sms/languages.ts'

const NoticeRow = z.object({
  phone: z.string(),
  language: z.enum(LANGUAGES),
  /** Whether the person wants to hear by SMS of what need not arrive. */
  wantsSms: z.boolean(),
  kind: z.enum(DOCUMENT_KINDS),
  state: z.enum(DOCUMENT_STATES),
  expiresOn: z.string().nullable(),
  reason: z.string().nullable(),
})
export type NoticeRow = z.infer<typeof NoticeRow>

/** What a driver is told about a document, as things are now. Undefined: the document, or the person, is gone or banned. */
export function loadDocumentNotice(db: Db, documentId: string): Promise<NoticeRow | undefined> {
  return readRow(
    db,
    sql`select person.phone, person.language, document.kind, document.state, document.reason,
        document.expires_on::text as "expiresOn",
        coalesce((person.notification_choices ->> 'sms')::boolean, true) as "wantsSms"
      from documents document join users person on person.id = document.driver_id
      where document.id = ${documentId} and person.phone is not null
        and person.deleted_at is null and person.banned_at is null`,
    NoticeRow,
  )
}
