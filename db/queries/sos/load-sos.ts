import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow, readRows } from '#db/client.ts'
import { recordAudit } from '#db/queries/audit/record-audit.ts'
import { type SosState, sosStates } from '#packages/sos/transition.ts'
import { SosRow, sosColumns } from './sos-view.ts'

/** An alert of this person. */
export function loadOwnSos(db: Db, alertId: string, userId: string): Promise<SosRow | undefined> {
  return readRow(
    db,
    sql`select ${sosColumns} from sos_alerts alert where id = ${alertId} and user_id = ${userId}`,
    SosRow,
  )
}

/** A person's alerts, the newest first, older than `before`. */
export function listOwnSos(
  db: Db,
  { userId, before, limit }: { userId: string; before: string | undefined; limit: number },
): Promise<SosRow[]> {
  const older = before ? sql`and id < ${before}` : sql``
  return readRows(
    db,
    sql`select ${sosColumns} from sos_alerts alert where user_id = ${userId} ${older} order by id desc limit ${limit}`,
    SosRow,
  )
}

/** Everybody's alerts: the open ones first, each part the newest first, after the one called `before`. */
export function listSos(
  db: Db,
  { before, limit }: { before: string | undefined; limit: number },
): Promise<SosRow[]> {
  const open = sql`(state <> 'resolved')`
  const after = before
    ? sql`where (${open}, id) < (select ${open}, id from sos_alerts where id = ${before})`
    : sql``
  return readRows(
    db,
    sql`select ${sosColumns} from sos_alerts alert ${after} order by ${open} desc, id desc limit ${limit}`,
    SosRow,
  )
}

const StateRow = z.object({ state: z.enum(sosStates) })

/** The state of an alert: anybody's, or only of this person. Undefined: there is none. */
export async function loadSosState(db: Db, alertId: string, userId?: string): Promise<SosState | undefined> {
  const own = userId === undefined ? sql`` : sql`and user_id = ${userId}`
  const row = await readRow(db, sql`select state from sos_alerts where id = ${alertId} ${own}`, StateRow)
  return row?.state
}

const InspectedRow = SosRow.extend({
  name: z.string().nullable(),
  phone: z.string().nullable(),
  contacts: z.array(z.object({ name: z.string(), phone: z.string() })),
  steps: z.array(
    z.object({
      kind: z.string(),
      actorId: z.string().nullable(),
      details: z.record(z.string(), z.unknown()),
      at: z.coerce.date(),
    }),
  ),
})
export type InspectedSosRow = z.infer<typeof InspectedRow>

/** An alert with whom to call, and what it went through. That somebody of the staff looked at it is on record. */
export function inspectSos(
  db: Db,
  { alertId, actorId }: { alertId: string; actorId: string },
  now: Date,
): Promise<InspectedSosRow | undefined> {
  return readRow(
    db,
    sql`with alert as (
        select * from sos_alerts where id = ${alertId}
      ), audited as (${recordAudit('alert', { actorId, action: 'sos.view', subject: sql`id` }, now)})
      select ${sosColumns}, person.name, person.phone,
        (select coalesce(jsonb_agg(jsonb_build_object('name', name, 'phone', phone) order by place), '[]')
          from trusted_contacts where user_id = person.id) as contacts,
        (select coalesce(jsonb_agg(jsonb_build_object('kind', kind, 'actorId', actor_id, 'details', details, 'at', at)
            order by step), '[]')
          from sos_events where alert_id = alert.id) as steps
      from alert join users person on person.id = alert.user_id`,
    InspectedRow,
  )
}
