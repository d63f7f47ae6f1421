import type { z } from '@hono/zod-openapi'
import type { DocumentRow } from '#db/queries/documents/document-view.ts'
import type { InspectedRow } from '#db/queries/documents/inspect-documents.ts'
import { maskNumber } from '#packages/documents/number.ts'
import { Problem } from '#packages/errors/problem.ts'
import { unseal } from '#packages/secrets/seal.ts'
import type { Ctx } from '../context.ts'
import type { Document, DocumentSummary, InspectedDocument } from './contract.ts'

/** What a document is and where it stands, with its number masked. */
export function presentSummary(row: DocumentRow): z.input<typeof DocumentSummary> {
  const { id, kind, vehicleId, state, expiresOn, reason } = row
  return {
    ...{ id, kind, vehicleId, state, expiresOn, reason },
    number: row.numberLast4 === null ? null : maskNumber(row.numberLast4),
    createdAt: row.createdAt.toISOString(),
    reviewedAt: row.reviewedAt?.toISOString() ?? null,
  }
}

/** A document with a link to its file that is good now. */
export async function presentDocument(row: DocumentRow, ctx: Ctx): Promise<z.input<typeof Document>> {
  const [link] = row.file ? await ctx.files.link(row.file, ctx.now) : []
  const file = link ? { ...link, expiresAt: link.expiresAt?.toISOString() ?? null } : null
  return { ...presentSummary(row), file }
}

/** A document as whoever reviews it has to see it: with its number, and what to compare it to. */
export async function presentInspected(
  row: InspectedRow,
  ctx: Ctx,
): Promise<z.input<typeof InspectedDocument>> {
  const { driverId, driverName, vehicle, reviewedBy } = row
  const number = row.numberSealed && (await openNumber(row.numberSealed, row.id, ctx))
  const driver = { id: driverId, name: driverName }
  return { ...(await presentDocument(row, ctx)), number, driver, vehicle, reviewedBy }
}

async function openNumber(sealed: string, documentId: string, { keys }: Ctx): Promise<string> {
  const number = await unseal(keys.documentNumbers, sealed, documentId)
  if (number !== undefined) return number
  throw new Problem('internal', { cause: new Error('The number of a document does not open with our key') })
}
