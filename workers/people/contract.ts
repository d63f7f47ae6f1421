import { z } from '@hono/zod-openapi'
import type { ReportRow } from '#db/queries/reports/report-view.ts'
import { REPORT_REASONS, REPORT_STATES, REPORT_SUBJECTS } from '#db/schema/index.ts'
import { Photo } from '../http/photo.ts'
import { Rating } from '../http/rating.ts'
import { Id, Instant, orNull, paragraphs } from '../http/shapes.ts'

const MAX_DETAILS = 2000

export const PublicPerson = z
  .object({
    id: Id,
    name: z.string().nullable().openapi({ description: 'The first name' }),
    photo: orNull(Photo),
    bio: z.string().nullable(),
    isDriver: z.boolean(),
    ratings: z.object({ driver: Rating, passenger: Rating }),
    ridesDriven: z.int(),
    ridesTaken: z.int(),
    memberSince: Instant,
  })
  .openapi('PublicPerson')

export const Block = z
  .object({ id: Id.openapi({ description: 'Of the person' }), name: z.string().nullable(), blockedAt: Instant })
  .openapi('Block')

export const NewReport = z
  .strictObject({
    subjectKind: z.enum(REPORT_SUBJECTS),
    subjectId: Id,
    reason: z.enum(REPORT_REASONS),
    details: paragraphs(MAX_DETAILS).nullish(),
  })
  .openapi('NewReport')

export const Report = z
  .object({
    id: Id,
    subjectKind: z.enum(REPORT_SUBJECTS),
    subjectId: Id,
    reason: z.enum(REPORT_REASONS),
    details: z.string().nullable(),
    state: z.enum(REPORT_STATES),
    createdAt: Instant,
    handledAt: Instant.nullable(),
  })
  .openapi('Report')

export function presentReport(report: ReportRow): z.input<typeof Report> {
  const { id, subjectKind, subjectId, reason, details, state } = report
  return {
    ...{ id, subjectKind, subjectId, reason, details, state },
    createdAt: report.createdAt.toISOString(),
    handledAt: report.handledAt?.toISOString() ?? null,
  }
}
