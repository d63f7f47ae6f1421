import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow } from '#db/client.ts'

export interface IdempotentRequest {
  userId: string
  key: string
  operation: string
  requestHash: string
}

const IdempotencyRow = z.object({
  /** True: this request is the first, or took over from one that died. */
  mine: z.boolean(),
  requestHash: z.string(),
  operation: z.string(),
  status: z.number().nullable(),
  reply: z.string().nullable(),
})

/**
 * Claims an Idempotency-Key, or returns what is known of the request that had it first. A claim that never
 * finished may be taken over after `lockedUntil`; a record past `expiresAt` counts as none.
 * Undefined: another request claimed the key while this statement ran, which sees the database as it was before.
 */
export function claimKey(
  db: Db,
  request: IdempotentRequest,
  time: { now: Date; lockedUntil: Date; expiresAt: Date },
): Promise<z.infer<typeof IdempotencyRow> | undefined> {
  return readRow(
    db,
    sql`with claimed as (
        insert into idempotency_keys as known (user_id, key, operation, request_hash, locked_until, expires_at)
        values (${request.userId}, ${request.key}, ${request.operation}, ${request.requestHash},
          ${time.lockedUntil}, ${time.expiresAt})
        on conflict (user_id, key) do update set
          operation = excluded.operation, request_hash = excluded.request_hash,
          locked_until = excluded.locked_until, expires_at = excluded.expires_at, status = null, reply = null
        where known.expires_at <= ${time.now}
          or (known.status is null and known.locked_until <= ${time.now} and known.request_hash = excluded.request_hash)
        returning request_hash, operation, status, reply
      )
      select true as mine, request_hash as "requestHash", operation, status, reply from claimed
      union all
      select false, request_hash, operation, status, reply from idempotency_keys
      where user_id = ${request.userId} and key = ${request.key} and not exists (select 1 from claimed)`,
    IdempotencyRow,
  )
}

/** Keeps the reply of a claimed key, to give it again. */
export async function keepReply(
  db: Db,
  userId: string,
  key: string,
  status: number,
  reply: string | null,
): Promise<void> {
  await db.execute(
    sql`update idempotency_keys set status = ${status}, reply = ${reply} where user_id = ${userId} and key = ${key}`,
  )
}

/** Frees a claimed key whose request changed nothing, so that it may be sent again. */
export async function releaseKey(db: Db, userId: string, key: string): Promise<void> {
  await db.execute(
    sql`delete from idempotency_keys where user_id = ${userId} and key = ${key} and status is null`,
  )
}
