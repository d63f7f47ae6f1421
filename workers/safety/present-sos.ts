import type { z } from '@hono/zod-openapi'
import type { InspectedSosRow } from '#db/queries/sos/load-sos.ts'
import type { SosRow } from '#db/queries/sos/sos-view.ts'
import { alertToken } from '#packages/share-links/token.ts'
import type { Ctx } from '../context.ts'
import type { InspectedSosAlert, SosAlert, StaffSosAlert } from './contract.ts'
import { pageUrl } from './page-url.ts'

const shown = (row: SosRow) => ({
  ...{ id: row.id, rideId: row.rideId, state: row.state, note: row.note, resolution: row.resolution },
  position: row.lat === null || row.lng === null ? null : { lat: row.lat, lng: row.lng },
  locatedAt: row.locatedAt?.toISOString() ?? null,
  raisedAt: row.raisedAt.toISOString(),
  acknowledgedAt: row.acknowledgedAt?.toISOString() ?? null,
  resolvedAt: row.resolvedAt?.toISOString() ?? null,
})

/** An alert with the link that its trusted contacts got. */
export async function presentSos(row: SosRow, { keys }: Pick<Ctx, 'keys'>): Promise<z.input<typeof SosAlert>> {
  return { ...shown(row), url: pageUrl(await alertToken(keys.alerts, row.id)) }
}

export function presentStaffSos(row: SosRow): z.input<typeof StaffSosAlert> {
  return { ...shown(row), userId: row.userId }
}

export function presentInspectedSos(row: InspectedSosRow): z.input<typeof InspectedSosAlert> {
  const steps = row.steps.map((step) => ({ ...step, at: step.at.toISOString() }))
  const person = { name: row.name, phone: row.phone }
  return { ...presentStaffSos(row), person, contacts: row.contacts, steps }
}
