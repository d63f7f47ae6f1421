import type { z } from '@hono/zod-openapi'
import { loadAsked } from '#db/queries/documents/load-driver-documents.ts'
import { submitDocument } from '#db/queries/documents/submit-document.ts'
import { loadVehicle } from '#db/queries/vehicles/vehicles.ts'
import { indianDay } from '#packages/calendar/indian-time.ts'
import { documentSubjects } from '#packages/documents/kinds.ts'
import { lastOf } from '#packages/documents/number.ts'
import { regionOf } from '#packages/documents/region.ts'
import { askedFor } from '#packages/documents/requirement.ts'
import { fieldProblem, Problem } from '#packages/errors/problem.ts'
import type { FilePurpose } from '#packages/files/purposes.ts'
import { uuidv7 } from '#packages/ids/uuid.ts'
import { seal } from '#packages/secrets/seal.ts'
import type { Ctx } from '../context.ts'
import { fileRefusals } from '../http/file-refusals.ts'
import { operation } from '../http/operation.ts'
import { created } from '../http/reply.ts'
import { notYourVehicle } from '../http/require-papers.ts'
import { DOCUMENT_FORM_BYTES, Document, NewDocument } from './contract.ts'
import { presentDocument } from './present.ts'
import { checkSubject, readPaper } from './read-paper.ts'

type Form = z.output<typeof NewDocument>

export const uploadDocument = operation(
  {
    id: 'uploadDocument',
    method: 'post',
    path: '/driver/documents/upload',
    tag: 'Documents',
    summary: 'Hand in a document of mine or of my vehicle, for review',
    access: 'driver',
    limit: 'upload',
    idempotent: true,
    formBytes: DOCUMENT_FORM_BYTES,
    body: NewDocument,
    replies: { 201: Document },
    errors: [
      ...fileRefusals,
      'concurrent_change',
      'document_expired',
      'document_number_invalid',
      'document_waiting',
      'file_not_usable',
      'vehicle_required',
    ],
  },
  async (ctx, { body }) => {
    const { kind, vehicleId = null } = body
    const driverId = ctx.actor.userId
    checkSubject(kind, body.vehicleId)
    if ((body.file === undefined) === (body.fileId === undefined))
      throw fieldProblem('invalid_fields', 'file', 'Send a file, or the fileId of one')

    const asked = await loadAsked(ctx.db, { driverId, vehicleId, kind })
    if (!asked || (vehicleId !== null && !asked.vehicle)) throw notYourVehicle()
    const { vehicle, requirements } = asked
    const driving = vehicle && { region: regionOf(vehicle.plate), vehicleKind: vehicle.kind }
    const requirement = askedFor(requirements, driving).find((each) => each.kind === kind)
    const paper = readPaper(body, requirement, vehicle?.plate ?? null, indianDay(ctx.now))
    if (asked.waiting) throw new Problem('document_waiting')

    const file = await takeFile(ctx, body)
    const id = uuidv7(ctx.now)
    const number = paper.number && {
      sealed: await seal(ctx.keys.documentNumbers, paper.number, id),
      last4: lastOf(paper.number),
    }
    const document = { id, driverId, vehicle, kind, number: number || null, expiresOn: paper.expiresOn, file }
    const submitted = await submitDocument(ctx.db, document, new Date(ctx.now))
    if (!submitted) throw await whyNot(ctx, vehicle)
    return created(await presentDocument(submitted, ctx))
  },
)

/** The file of the form, kept; or the one that was uploaded before, which the insert looks at. */
async function takeFile(ctx: Ctx, body: Form): Promise<{ id: string; purpose: FilePurpose }> {
  const purpose = `${documentSubjects[body.kind]}_document` as const
  if (body.fileId !== undefined) return { id: body.fileId, purpose }
  const bytes = new Uint8Array((await body.file?.arrayBuffer()) ?? new ArrayBuffer(0))
  return ctx.files.keep({ ownerId: ctx.actor.userId, purpose, bytes }, ctx.now)
}

async function whyNot(ctx: Ctx, vehicle: { id: string; plate: string } | null): Promise<Problem> {
  if (!vehicle) return new Problem('file_not_usable')
  const now = await loadVehicle(ctx.db, ctx.actor.userId, vehicle.id)
  if (!now) return notYourVehicle()
  return new Problem(now.plate === vehicle.plate ? 'file_not_usable' : 'concurrent_change')
}
