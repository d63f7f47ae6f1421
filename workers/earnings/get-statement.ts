import { z } from '@hono/zod-openapi'
import { paise } from '#packages/fares/money.ts'
import { hashSource } from '#packages/html/hash-source.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { UserParams } from '../http/shapes.ts'
import { Statement as StatementReply } from './contract.ts'
import { readStatement, type Statement } from './statement/read-statement.ts'
import { renderStatement } from './statement/render-page.ts'
import { STYLE } from './statement/style.ts'
import { statementCsv } from './statement/write-csv.ts'

const Month = z
  .string()
  .regex(/^20\d\d-(0[1-9]|1[0-2])$/)
  .openapi({ example: '2026-11', description: 'In India' })

let styleSource: Promise<string> | undefined

export const getStatement = operation(
  {
    id: 'getStatement',
    method: 'get',
    path: '/earnings/driver/{userId}/statements/{month}',
    tag: 'Earnings',
    summary:
      'What moved my wallet in a month, as data, as a table, or as a page to print; the finance staff sees everybody’s',
    access: 'user',
    limit: 'read',
    params: UserParams.extend({ month: Month }),
    query: z.strictObject({ format: z.enum(['json', 'csv', 'html']).default('json') }),
    streams: ['text/csv', 'text/html'],
    replies: { 200: StatementReply },
    errors: [],
  },
  async (ctx, { params: { userId, month }, query: { format } }) => {
    const statement = await readStatement(ctx, userId, month)
    if (format === 'json') return ok(presentStatement(statement))
    if (format === 'csv')
      return new Response(statementCsv(statement), {
        headers: {
          'content-type': 'text/csv; charset=utf-8; header=present',
          'content-disposition': `attachment; filename="margwa-statement-${month}.csv"`,
        },
      })
    styleSource ??= hashSource(STYLE)
    return new Response(renderStatement(statement, ctx.now), {
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': `default-src 'none'; style-src ${await styleSource}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
      },
    })
  },
)

function presentStatement({
  month,
  driver,
  from,
  to,
  opening,
  lines,
  closing,
}: Statement): z.input<typeof StatementReply> {
  return {
    ...{ month, driver, from: from.toISOString(), to: to.toISOString() },
    ...{ opening: paise(opening), closing: paise(closing) },
    lines: lines.map(({ at, kind, amount, balance, availableAt, booking, payout }) => ({
      ...{ at: at.toISOString(), kind, amount: paise(amount), balance: paise(balance) },
      availableAt: availableAt?.toISOString() ?? null,
      booking: booking && { ...booking, departsAt: booking.departsAt.toISOString() },
      payout,
    })),
  }
}
