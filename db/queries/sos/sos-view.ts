import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { tell } from '#db/queries/outbox/tell.ts'
import { sosStates } from '#packages/sos/transition.ts'

const instant = z.coerce.date()

/** An alert as who raised it sees it. */
export const SosRow = z.object({
  id: z.string(),
  userId: z.string(),
  rideId: z.string().nullable(),
  state: z.enum(sosStates),
  note: z.string().nullable(),
  lat: z.number().nullable(),
  lng: z.number().nullable(),
  locatedAt: instant.nullable(),
  raisedAt: instant,
  acknowledgedAt: instant.nullable(),
  resolvedAt: instant.nullable(),
  resolution: z.string().nullable(),
})
export type SosRow = z.infer<typeof SosRow>

/** The columns of a SosRow, from a row of `sos_alerts` called `alert`. */
export const sosColumns = sql`alert.id, alert.user_id as "userId", alert.ride_id as "rideId", alert.state, alert.note,
  alert.lat, alert.lng, alert.located_at as "locatedAt", alert.raised_at as "raisedAt",
  alert.acknowledged_at as "acknowledgedAt", alert.resolved_at as "resolvedAt", alert.resolution`

/** Whoever changes an alert takes this first, so that its steps are numbered one after the other. */
export const lockAlert = (alertId: string): SQL =>
  sql`select 1 from sos_alerts where id = ${alertId} for no key update`

/** A CTE body that writes down a step of each alert in the CTE `source`, which is locked. @param details JSON */
export function recordStep(
  source: string,
  { kind, actorId, details = sql`'{}'::jsonb` }: { kind: string; actorId: string | null; details?: SQL },
  now: Date,
): SQL {
  return sql`insert into sos_events (alert_id, step, kind, actor_id, details, at)
    select id, (select coalesce(max(step), 0) + 1 from sos_events where alert_id = ${sql.raw(source)}.id), ${kind},
      ${actorId}::uuid, ${details}, ${now}::timestamptz
    from ${sql.raw(source)}`
}

/** A CTE body that has operators and who raised it told of the new state of each alert in the CTE `source`. */
export function tellSos(source: string, now: Date): SQL {
  const payload = sql`jsonb_build_object('userId', user_id, 'rideId', ride_id, 'state', state)`
  return tell(source, { topic: 'sos.updated', subject: sql`id`, payload }, now)
}

/** A CTE body that has trusted contacts told of a step of each alert in the CTE `source`. */
export function tellContactsOf(source: string, step: 'raised' | 'resolved', now: Date): SQL {
  const payload = sql`jsonb_build_object('step', ${step}::text)`
  return tell(source, { topic: 'sos.contacts', subject: sql`id`, payload }, now)
}
