import { fileReport, inspectSubject } from '#db/queries/reports/file-report.ts'
import { Problem } from '#packages/errors/problem.ts'
import { uuidv7 } from '#packages/ids/uuid.ts'
import { operation } from '../http/operation.ts'
import { created } from '../http/reply.ts'
import { NewReport, presentReport, Report } from './contract.ts'

export const createReport = operation(
  {
    id: 'createReport',
    method: 'post',
    path: '/reports',
    tag: 'People',
    summary: 'Have the staff look at a person, a ride, a message or a review that I can see',
    access: 'user',
    limit: 'write',
    idempotent: true,
    body: NewReport,
    replies: { 201: Report },
    errors: ['not_found', 'report_of_own', 'already_reported', 'too_many_reports'],
  },
  async (ctx, { body }) => {
    const reporterId = ctx.actor.userId
    const given = { ...body, id: uuidv7(ctx.now), reporterId, details: body.details ?? null }
    const now = new Date(ctx.now)
    const report = await fileReport(ctx.db, given, now)
    if (report) return created(presentReport(report))
    const subject = await inspectSubject(ctx.db, given, now)
    if (subject?.ownerId === reporterId) throw new Problem('report_of_own')
    throw new Problem(subject?.ownerId && subject.seen ? 'too_many_reports' : 'not_found')
  },
)
