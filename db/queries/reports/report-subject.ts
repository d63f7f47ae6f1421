import { type SQL, sql } from 'drizzle-orm'
import { isPublic } from '#db/queries/reviews/load-reviews.ts'
import type { REPORT_SUBJECTS } from '#db/schema/index.ts'

export type ReportSubject = (typeof REPORT_SUBJECTS)[number]

/** Whose what is reported is: whom it is about in the end. Null where there is no such thing. */
export function ownerOf(kind: SQL, id: SQL): SQL {
  return sql`case ${kind}
    when 'user' then (select id from users where id = ${id} and deleted_at is null)
    when 'ride' then (select driver_id from rides where id = ${id})
    when 'message' then (select sender_id from messages where id = ${id})
    when 'review' then (select author_id from reviews where id = ${id}) end`
}

/** A condition: this person can see it, and so report it. */
export function isSeenBy(kind: ReportSubject, id: string, viewerId: string, now: Date): SQL {
  const seen: Record<ReportSubject, SQL> = {
    user: sql`true`,
    ride: sql`true`,
    message: sql`exists (select 1 from messages message
      join conversation_members member on member.conversation_id = message.conversation_id
      where message.id = ${id} and message.deleted_at is null and member.user_id = ${viewerId}
        and message.seq > member.joined_seq and (member.left_at is null or message.created_at < member.left_at))`,
    review: sql`exists (select 1 from reviews where id = ${id} and ${isPublic(now)})`,
  }
  return seen[kind]
}
