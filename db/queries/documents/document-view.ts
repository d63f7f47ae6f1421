import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { variantsOfFile } from '#db/queries/files/file-view.ts'
import { DOCUMENT_KINDS, DOCUMENT_STATES } from '#packages/documents/kinds.ts'
import { FILE_PURPOSES } from '#packages/files/purposes.ts'

export const DocumentRow = z.object({
  id: z.string(),
  driverId: z.string(),
  vehicleId: z.string().nullable(),
  kind: z.enum(DOCUMENT_KINDS),
  numberLast4: z.string().nullable(),
  /** A day in India, `2026-12-31`. */
  expiresOn: z.string().nullable(),
  state: z.enum(DOCUMENT_STATES),
  reason: z.string().nullable(),
  createdAt: z.coerce.date(),
  reviewedAt: z.coerce.date().nullable(),
  /** Null once it was purged. */
  file: z
    .object({
      id: z.string(),
      purpose: z.enum(FILE_PURPOSES),
      variants: z.array(z.object({ name: z.string() })),
    })
    .nullable(),
})
export type DocumentRow = z.infer<typeof DocumentRow>

/** The columns of a DocumentRow, from a row of `documents` called `document`. */
export const documentColumns = sql.raw(`document.id, document.driver_id as "driverId",
  document.vehicle_id as "vehicleId", document.kind, document.number_last4 as "numberLast4",
  document.expires_on::text as "expiresOn", document.state, document.reason,
  document.created_at as "createdAt", document.reviewed_at as "reviewedAt",
  (select jsonb_build_object('id', file.id, 'purpose', file.purpose, 'variants', ${variantsOfFile})
    from files file where file.id = document.file_id and file.state = 'ready') as file`)
