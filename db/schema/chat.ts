import { sql } from 'drizzle-orm'
import { bigint, check, index, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { messageFlags } from '#packages/chat/message-flags.ts'
import { instant, oneOf } from './columns.ts'
import { files } from './files.ts'
import { rides } from './rides.ts'
import { users } from './users.ts'

/** `direct`: two people about a ride · `group`: everyone on it. */
export const CONVERSATION_KINDS = ['direct', 'group'] as const

/** People who write to each other about a ride. Of a pair the lower id comes first, so that it is one pair. */
export const conversations = pgTable(
  'conversations',
  {
    id: uuid('id').primaryKey(),
    kind: text('kind', { enum: CONVERSATION_KINDS }).notNull(),
    rideId: uuid('ride_id')
      .notNull()
      .references(() => rides.id),
    pairLow: uuid('pair_low').references(() => users.id),
    pairHigh: uuid('pair_high').references(() => users.id),
    /** The number of the newest message; raising it orders those who send at once. */
    lastSeq: bigint('last_seq', { mode: 'number' }).notNull().default(0),
    createdAt: instant('created_at').notNull(),
    /** When the newest message came, or the conversation began. */
    activeAt: instant('active_at').notNull(),
  },
  (t) => [
    uniqueIndex('conversations_pair_key').on(t.rideId, t.pairLow, t.pairHigh).where(sql`${t.kind} = 'direct'`),
    uniqueIndex('conversations_group_key').on(t.rideId).where(sql`${t.kind} = 'group'`),
    check('conversations_kind_check', oneOf(t.kind, CONVERSATION_KINDS)),
    check(
      'conversations_pair_check',
      sql`case ${t.kind} when 'direct' then ${t.pairLow} < ${t.pairHigh}
        else ${t.pairLow} is null and ${t.pairHigh} is null end`,
    ),
  ],
)

/** Who takes part, and how far they have come: everything up to `deliveredSeq` arrived, up to `readSeq` was read. */
export const conversationMembers = pgTable(
  'conversation_members',
  {
    conversationId: uuid('conversation_id')
      .notNull()
      .references(() => conversations.id, { onDelete: 'cascade' }),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id),
    joinedAt: instant('joined_at').notNull(),
    /** The number of the last message before they joined; what came earlier is not theirs to read. */
    joinedSeq: bigint('joined_seq', { mode: 'number' }).notNull().default(0),
    deliveredSeq: bigint('delivered_seq', { mode: 'number' }).notNull().default(0),
    readSeq: bigint('read_seq', { mode: 'number' }).notNull().default(0),
    leftAt: instant('left_at'),
  },
  (t) => [
    primaryKey({ columns: [t.conversationId, t.userId] }),
    index('conversation_members_user_idx').on(t.userId).where(sql`${t.leftAt} is null`),
    check('conversation_members_seq_check', sql`${t.joinedSeq} >= 0 and ${t.readSeq} <= ${t.deliveredSeq}`),
  ],
)

/** A message; numbered without gaps within its conversation. A deleted one keeps its place. */
export const messages = pgTable(
  'messages',
  {
    conversationId: uuid('conversation_id')
      .notNull()
      .references(() => conversations.id, { onDelete: 'cascade' }),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    id: uuid('id').notNull(),
    senderId: uuid('sender_id')
      .notNull()
      .references(() => users.id),
    /** The sender's own id for it: sent twice it is stored once. */
    clientId: uuid('client_id').notNull(),
    body: text('body'),
    fileId: uuid('file_id').references(() => files.id),
    flag: text('flag', { enum: messageFlags }),
    /** When somebody of the staff dealt with the flag, and who. */
    flagHandledAt: instant('flag_handled_at'),
    flagHandledBy: uuid('flag_handled_by').references(() => users.id),
    createdAt: instant('created_at').notNull(),
    deletedAt: instant('deleted_at'),
  },
  (t) => [
    primaryKey({ columns: [t.conversationId, t.seq] }),
    uniqueIndex('messages_id_key').on(t.id),
    uniqueIndex('messages_client_key').on(t.conversationId, t.senderId, t.clientId),
    uniqueIndex('messages_file_key').on(t.fileId),
    index('messages_sender_idx').on(t.senderId),
    index('messages_flagged_idx')
      .on(t.createdAt)
      .where(sql`${t.flag} is not null and ${t.flagHandledAt} is null`),
    check('messages_flag_check', oneOf(t.flag, messageFlags)),
    check(
      'messages_content_check',
      sql`${t.deletedAt} is not null or ${t.body} is not null or ${t.fileId} is not null`,
    ),
  ],
)
