import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow, readRowLocked, readRows } from '#db/client.ts'
import { tellHidden } from '#db/queries/outbox/tell.ts'

const BlockRow = z.object({
  /** Of the person who is blocked. */
  id: z.string(),
  name: z.string().nullable(),
  createdAt: z.coerce.date(),
})
export type BlockRow = z.infer<typeof BlockRow>

interface Pair {
  blockerId: string
  blockedId: string
}

/** Blocks a person, so that neither sees when the other is there; again changes nothing. Undefined: there is no such other person. */
export function blockPerson(
  db: Db,
  { blockerId, blockedId }: Pair,
  now: Date,
): Promise<{ id: string } | undefined> {
  const both = sql`select id from users where id in (${blockerId}::uuid, ${blockedId}::uuid) and deleted_at is null`
  return readRowLocked(
    db,
    // Who deletes the account waits for this, or is seen by this.
    sql`${both} order by id for key share`,
    sql`with person as (
        select id from users where id = ${blockedId} and (select count(*) from (${both}) found) = 2
      ), made as (
        insert into blocks (blocker_id, blocked_id, created_at)
        select ${blockerId}::uuid, id, ${now}::timestamptz from person
        on conflict do nothing
        returning blocker_id, blocked_id
      ), parted as (
        select blocker_id as id, blocked_id as other from made
        union all
        select blocked_id, blocker_id from made
      ), hidden as (${tellHidden('parted', sql`other`, now)})
      select id from person`,
    z.object({ id: z.string() }),
  )
}

/** Takes a block back; the other's own stays. Undefined: there was none. */
export function unblockPerson(db: Db, { blockerId, blockedId }: Pair): Promise<{ id: string } | undefined> {
  return readRow(
    db,
    sql`delete from blocks where blocker_id = ${blockerId} and blocked_id = ${blockedId} returning blocked_id as id`,
    z.object({ id: z.string() }),
  )
}

/** Whom a person has blocked, the youngest account first. Who blocked them they do not learn. */
export function listBlocks(
  db: Db,
  { blockerId, before, limit }: { blockerId: string; before?: string | undefined; limit: number },
): Promise<BlockRow[]> {
  const older = before ? sql`and blocked_id < ${before}` : sql``
  return readRows(
    db,
    sql`select blocked_id as id, person.name, blocks.created_at as "createdAt"
      from blocks join users person on person.id = blocked_id
      where blocker_id = ${blockerId} ${older}
      order by blocked_id desc limit ${limit}`,
    BlockRow,
  )
}
