import { z } from '@hono/zod-openapi'
import { VEHICLE_KINDS } from '#db/schema/index.ts'
import { DOCUMENT_KINDS, DOCUMENT_STATES } from '#packages/documents/kinds.ts'
import { MAX_NUMBER_LENGTH } from '#packages/documents/number.ts'
import { ANY_VEHICLE } from '#packages/documents/requirement.ts'
import { MAX_DOCUMENT_BYTES } from '#packages/files/limits.ts'
import { FORM_OVERHEAD_BYTES, FormFile } from '../http/form-file.ts'
import { Day, Id, Instant, orNull } from '../http/shapes.ts'

export const DOCUMENT_FORM_BYTES = MAX_DOCUMENT_BYTES + FORM_OVERHEAD_BYTES

export const DocumentKindShape = z.enum(DOCUMENT_KINDS).openapi('DocumentKind')

export const NewDocument = z
  .strictObject({
    kind: DocumentKindShape,
    vehicleId: Id.optional().openapi({ description: 'Of papers about a vehicle, and of no others' }),
    number: z.string().trim().min(1).max(MAX_NUMBER_LENGTH).optional(),
    expiresOn: Day.optional().openapi({ description: 'The last day it is good for' }),
    file: FormFile.optional(),
    fileId: Id.optional().openapi({ description: 'A file that was uploaded before, instead of `file`' }),
  })
  .openapi('NewDocument')

const summary = z.object({
  id: Id,
  kind: DocumentKindShape,
  vehicleId: Id.nullable(),
  state: z.enum(DOCUMENT_STATES),
  number: z.string().nullable().openapi({ description: 'Masked', example: '•••• 2345' }),
  expiresOn: z.iso.date().nullable(),
  reason: z.string().nullable().openapi({ description: 'Why it was rejected' }),
  createdAt: Instant,
  reviewedAt: Instant.nullable(),
})

/** A document as it is listed. */
export const DocumentSummary = summary.openapi('DocumentSummary')

/** A document with a link to its file. */
export const Document = summary
  .extend({
    file: z
      .object({ filename: z.string(), url: z.string(), expiresAt: Instant.nullable() })
      .nullable()
      .openapi({ description: 'Null once it was purged' }),
  })
  .openapi('Document')

const Standing = z
  .object({
    kind: DocumentKindShape,
    mandatory: z.boolean(),
    expires: z.boolean().openapi({ description: '`expiresOn` is asked for' }),
    numbered: z.boolean().openapi({ description: '`number` is asked for' }),
    state: z.enum(['none', 'pending', 'valid', 'rejected', 'expired']),
    document: orNull(Document).openapi({ description: 'The one that the state is of' }),
    renewal: orNull(Document).openapi({ description: 'Handed in later, while the one before is valid' }),
  })
  .openapi('DocumentStanding')

export const DriverDocuments = z
  .object({
    enabled: z.boolean().openapi({ description: 'A route can be published with one of the vehicles' }),
    driver: z.object({ enabled: z.boolean(), documents: z.array(Standing) }),
    vehicles: z.array(
      z.object({
        id: Id,
        plate: z.string(),
        enabled: z.boolean().openapi({ description: 'A route can be published with this vehicle' }),
        documents: z.array(Standing),
      }),
    ),
  })
  .openapi('DriverDocuments')

export const InspectedDocument = Document.extend({
  number: z.string().nullable().openapi({ description: 'In full' }),
  driver: z.object({ id: Id, name: z.string().nullable() }),
  vehicle: z
    .object({ plate: z.string(), make: z.string(), model: z.string(), year: z.int(), kind: z.string() })
    .nullable(),
  reviewedBy: Id.nullable(),
}).openapi('InspectedDocument')

/** What names a row of the configuration. */
export const RequirementKey = z.strictObject({
  region: z
    .string()
    .regex(/^IN(-[A-Z]{2})?$/, 'IN, or a state such as IN-KA')
    .openapi({ example: 'IN-KA' }),
  vehicleKind: z.enum([ANY_VEHICLE, ...VEHICLE_KINDS]),
  kind: DocumentKindShape,
})

export const RequirementShape = RequirementKey.extend({
  mandatory: z.boolean(),
  expires: z.boolean(),
  numbered: z.boolean(),
}).openapi('DocumentRequirement')
