import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow } from '#db/client.ts'
import { idList } from '#db/lists.ts'
import { recordAudit } from '#db/queries/audit/record-audit.ts'
import { tell } from '#db/queries/outbox/tell.ts'
import type { Request } from '#packages/notifications/request.ts'

/**
 * Has people told what operations have to say: an event like any other, made into notifications when it is delivered. On record
 * are its kind and how many it is for, not what it says. Returns how many of them have an account.
 */
export async function requestNotifications(
  db: Db,
  { id, actorId, ...request }: Request & { id: string; actorId: string },
  now: Date,
): Promise<number> {
  const known = sql`(select count(*)::int from users where deleted_at is null and id in ${idList(request.userIds)})`
  const details = sql`jsonb_build_object('kind', ${request.kind}::text, 'people', ${request.userIds.length}::int)`
  const entry = { actorId, action: 'notification.send', subject: sql`subject`, details }
  const payload = sql`${JSON.stringify(request)}::jsonb`
  const news = { topic: 'notification.requested', subject: sql`id`, payload }
  const row = await readRow(
    db,
    sql`with asked as (
        ${tell(sql`(select ${id}::uuid as id) request`, news, now)} returning subject
      ), audited as (${recordAudit('asked', entry, now)})
      select ${known} as recipients from asked`,
    z.object({ recipients: z.number() }),
  )
  return row?.recipients ?? 0
}
