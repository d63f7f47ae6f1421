import { type SQL, sql } from 'drizzle-orm'
import { type Db, readRow, readRowLocked } from '#db/client.ts'
import { recordAudit } from '#db/queries/audit/record-audit.ts'
import { tellRevoked } from '#db/queries/outbox/tell.ts'
import type { Position } from '#packages/geo/position.ts'
import { sourceStates } from '#packages/sos/transition.ts'
import { lockAlert, recordStep, SosRow, sosColumns, tellContactsOf, tellSos } from './sos-view.ts'

/** Where somebody is. Undefined: not there, not theirs, or over. A position older than the one that is known changes nothing. */
export function moveSos(
  db: Db,
  { alertId, userId, position, at }: { alertId: string; userId: string; position: Position; at: Date },
): Promise<SosRow | undefined> {
  const isNewer = sql`(alert.located_at is null or alert.located_at <= ${at})`
  return readRow(
    db,
    sql`update sos_alerts alert set lat = case when ${isNewer} then ${position.lat}::float8 else lat end,
        lng = case when ${isNewer} then ${position.lng}::float8 else lng end,
        located_at = greatest(alert.located_at, ${at}::timestamptz)
      where id = ${alertId} and user_id = ${userId} and state in ${sourceStates('locate')}
      returning ${sosColumns}`,
    SosRow,
  )
}

interface StaffChange {
  alertId: string
  actorId: string
}

/** One of the staff takes an alert. Undefined: not there, taken already, or over. */
export function acknowledgeSos(db: Db, change: StaffChange, now: Date): Promise<SosRow | undefined> {
  const { alertId, actorId } = change
  return readRowLocked(
    db,
    lockAlert(alertId),
    sql`with alert as (
        update sos_alerts set state = 'acknowledged', acknowledged_at = ${now}, acknowledged_by = ${actorId}
        where id = ${alertId} and state in ${sourceStates('acknowledge')}
        returning *
      ), step as (${recordStep('alert', { kind: 'acknowledged', actorId }, now)}),
      told as (${tellSos('alert', now)}),
      audited as (${recordAudit('alert', { actorId, action: 'sos.acknowledge', subject: sql`id` }, now)})
      select ${sosColumns} from alert`,
    SosRow,
  )
}

/** Ends an alert, as who raised it. Undefined: not there, not theirs, or over. */
export function resolveOwnSos(db: Db, change: StaffChange & { reason: string }, now: Date) {
  return resolve(db, { ...change, whose: sql`user_id = ${change.actorId}`, audit: null }, now)
}

/** Ends an alert, as one of the staff. Undefined: not there, or over. */
export function resolveSos(db: Db, change: StaffChange & { reason: string }, now: Date) {
  const details = sql`jsonb_build_object('reason', resolution)`
  const entry = { actorId: change.actorId, action: 'sos.resolve', subject: sql`id`, details }
  return resolve(db, { ...change, whose: sql`true`, audit: recordAudit('alert', entry, now) }, now)
}

function resolve(
  db: Db,
  { alertId, actorId, reason, whose, audit }: StaffChange & { reason: string; whose: SQL; audit: SQL | null },
  now: Date,
): Promise<SosRow | undefined> {
  return readRowLocked(
    db,
    lockAlert(alertId),
    sql`with alert as (
        update sos_alerts set state = 'resolved', resolved_at = ${now}, resolved_by = ${actorId}, resolution = ${reason}
        where id = ${alertId} and ${whose} and state in ${sourceStates('resolve')}
        returning *
      ), step as (${recordStep('alert', { kind: 'resolved', actorId }, now)}),
      told as (${tellSos('alert', now)}),
      contacts as (${tellContactsOf('alert', 'resolved', now)}),
      link as (select ride_id, id as link_id from alert where ride_id is not null),
      viewers as (${tellRevoked('link', now)})
      ${audit ? sql`, audited as (${audit})` : sql``}
      select ${sosColumns} from alert`,
    SosRow,
  )
}
