import { sql } from 'drizzle-orm'
import { bigint, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'

/** What has happened and must be told. Written by the statement that made it happen. */
export const outbox = pgTable(
  'outbox',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    /** The order in which events are delivered. */
    seq: bigint('seq', { mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
    topic: text('topic').notNull(),
    /** The ride, user or other thing it is about; events of one subject are delivered in order. */
    subject: uuid('subject').notNull(),
    payload: jsonb('payload').notNull(),
    createdAt: instant('created_at').notNull(),
    availableAt: instant('available_at').notNull(),
    attempts: integer('attempts').notNull().default(0),
    deliveredAt: instant('delivered_at'),
    lastError: text('last_error'),
    /** When it was given up, until an operator sends it again: the dead letter. */
    parkedAt: instant('parked_at'),
  },
  (t) => [
    index('outbox_due_idx').on(t.availableAt).where(sql`${t.deliveredAt} is null and ${t.parkedAt} is null`),
    index('outbox_parked_idx').on(t.seq).where(sql`${t.parkedAt} is not null`),
  ],
)

/** The reply given to a request with an Idempotency-Key, to give again. `status` is null while it runs. */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    userId: uuid('user_id').notNull(),
    key: text('key').notNull(),
    operation: text('operation').notNull(),
    requestHash: text('request_hash').notNull(),
    lockedUntil: instant('locked_until').notNull(),
    expiresAt: instant('expires_at').notNull(),
    status: integer('status'),
    reply: text('reply'),
  },
  (t) => [primaryKey({ columns: [t.userId, t.key] }), index('idempotency_keys_expiry_idx').on(t.expiresAt)],
)
