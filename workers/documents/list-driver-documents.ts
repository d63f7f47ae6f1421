import type { z } from '@hono/zod-openapi'
import type { DocumentRow } from '#db/queries/documents/document-view.ts'
import { loadDriverDocuments } from '#db/queries/documents/load-driver-documents.ts'
import { indianDay } from '#packages/calendar/indian-time.ts'
import { documentSubjects } from '#packages/documents/kinds.ts'
import { missingOf, type Standing, standing } from '#packages/documents/standing.ts'
import type { Ctx } from '../context.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { DriverDocuments } from './contract.ts'
import { presentDocument } from './present.ts'

export const listDriverDocuments = operation(
  {
    id: 'listDriverDocuments',
    method: 'get',
    path: '/driver/documents',
    tag: 'Documents',
    summary: 'What is asked for of me and of each of my vehicles, and where it stands',
    access: 'driver',
    limit: 'read',
    replies: { 200: DriverDocuments },
    errors: [],
  },
  async (ctx) => {
    const { requirements, vehicles, documents } = await loadDriverDocuments(ctx.db, ctx.actor.userId)
    const judge = (vehicle: (typeof vehicles)[number] | null) =>
      standing(requirements, vehicle, documents, indianDay(ctx.now))
    const own = judge(null)
    const byVehicle = vehicles.map((vehicle) => ({ vehicle, standings: judge(vehicle) }))
    const enabled = (standings: readonly Standing[]) => missingOf(standings).length === 0
    const asked = strictest([own, ...byVehicle.map(({ standings }) => standings)])
    return ok({
      enabled: byVehicle.some(({ standings }) => enabled(standings)),
      driver: { enabled: enabled(asked), documents: await presentAll(asked, ctx) },
      vehicles: await Promise.all(
        byVehicle.map(async ({ vehicle: { id, plate }, standings }) => ({
          ...{ id, plate, enabled: enabled(standings) },
          documents: await presentAll(standings.filter(about('vehicle')), ctx),
        })),
      ),
    })
  },
)

type Judged = Standing<DocumentRow>

const about =
  (subject: 'driver' | 'vehicle') =>
  ({ kind }: Judged) =>
    documentSubjects[kind] === subject

/** The driver's own papers: what any of their vehicles asks for is asked for. */
function strictest(all: readonly (readonly Judged[])[]): Judged[] {
  const byKind = Map.groupBy(all.flat().filter(about('driver')), ({ kind }) => kind)
  return [...byKind.values()].flatMap((same) => {
    const [first] = same
    if (!first) return []
    const isAsked = (flag: 'mandatory' | 'expires' | 'numbered') => same.some((each) => each[flag])
    const [mandatory, expires, numbered] = [isAsked('mandatory'), isAsked('expires'), isAsked('numbered')]
    return { ...first, mandatory, expires, numbered }
  })
}

function presentAll(
  standings: readonly Judged[],
  ctx: Ctx,
): Promise<z.input<typeof DriverDocuments>['driver']['documents']> {
  return Promise.all(
    standings.map(async ({ kind, mandatory, expires, numbered, state, paper, renewal }) => ({
      ...{ kind, mandatory, expires, numbered, state },
      document: paper && (await presentDocument(paper, ctx)),
      renewal: renewal && (await presentDocument(renewal, ctx)),
    })),
  )
}
