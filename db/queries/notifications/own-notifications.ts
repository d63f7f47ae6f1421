import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow, readRows } from '#db/client.ts'
import { NotificationRow, notificationColumns, notificationJoins } from './notification-view.ts'

interface Page {
  userId: string
  /** Only what was not read. */
  unread: boolean
  before?: string | undefined
  limit: number
}

/** What a person was told, the newest first. */
export function listNotifications(db: Db, { userId, unread, before, limit }: Page): Promise<NotificationRow[]> {
  const older = before ? sql`and id < ${before}` : sql``
  const only = unread ? sql`and read_at is null` : sql``
  return readRows(
    db,
    sql`with note as (
        select * from notifications where user_id = ${userId} and deleted_at is null ${older} ${only}
        order by id desc limit ${limit}
      )
      select ${notificationColumns} from note ${notificationJoins} order by note.id desc`,
    NotificationRow,
  )
}

/** How many a person has not read. */
export async function countUnreadNotifications(db: Db, userId: string): Promise<number> {
  const row = await readRow(
    db,
    sql`select count(*)::int as unread from notifications
      where user_id = ${userId} and read_at is null and deleted_at is null`,
    z.object({ unread: z.number() }),
  )
  return row?.unread ?? 0
}

interface One {
  id: string
  userId: string
}

/** Reads one; when it was read first stays. Undefined: not there, or not theirs. */
export function readNotification(db: Db, { id, userId }: One, now: Date): Promise<NotificationRow | undefined> {
  return readRow(
    db,
    sql`with note as (
        update notifications set read_at = coalesce(read_at, ${now})
        where id = ${id} and user_id = ${userId} and deleted_at is null returning *
      )
      select ${notificationColumns} from note ${notificationJoins}`,
    NotificationRow,
  )
}

/** Reads everything that was there by now; returns how many were unread. */
export async function readAllNotifications(db: Db, userId: string, now: Date): Promise<number> {
  const read = await readRows(
    db,
    sql`update notifications set read_at = ${now}
      where user_id = ${userId} and read_at is null and deleted_at is null and created_at <= ${now} returning id`,
    z.object({ id: z.string() }),
  )
  return read.length
}

/** Takes one off the list. Undefined: not there, or not theirs. */
export function deleteNotification(
  db: Db,
  { id, userId }: One,
  now: Date,
): Promise<{ id: string } | undefined> {
  return readRow(
    db,
    sql`update notifications set deleted_at = ${now}, read_at = coalesce(read_at, ${now})
      where id = ${id} and user_id = ${userId} and deleted_at is null returning id`,
    z.object({ id: z.string() }),
  )
}
