import { sql } from 'drizzle-orm'
import { check, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { FILE_PURPOSES } from '#packages/files/purposes.ts'
import { instant, oneOf } from './columns.ts'
import { users } from './users.ts'

/**
 * `pending`: announced, its bytes may be there or not · `ready`: examined and whole · `deleted`: nobody sees it any
 * more, its bytes go with the next sweep.
 */
export const FILE_STATES = ['pending', 'ready', 'deleted'] as const

/** What a person has uploaded. The record is there before any byte is, so that no object is without one. */
export const files = pgTable(
  'files',
  {
    id: uuid('id').primaryKey(),
    ownerId: uuid('owner_id')
      .notNull()
      .references(() => users.id),
    purpose: text('purpose', { enum: FILE_PURPOSES }).notNull(),
    state: text('state', { enum: FILE_STATES }).notNull(),
    createdAt: instant('created_at').notNull(),
    readyAt: instant('ready_at'),
    deletedAt: instant('deleted_at'),
  },
  (t) => [
    index('files_owner_idx').on(t.ownerId),
    // A person's photo is their ready avatar.
    uniqueIndex('files_one_avatar').on(t.ownerId).where(sql`${t.purpose} = 'avatar' and ${t.state} = 'ready'`),
    index('files_pending_idx').on(t.createdAt).where(sql`${t.state} = 'pending'`),
    index('files_deleted_idx').on(t.deletedAt).where(sql`${t.state} = 'deleted'`),
    check('files_purpose_check', oneOf(t.purpose, FILE_PURPOSES)),
    check('files_state_check', oneOf(t.state, FILE_STATES)),
  ],
)

/** An object of a file: `512.webp`, `document`. Its key in the bucket is `<file>/<name>`. */
export const fileVariants = pgTable(
  'file_variants',
  {
    fileId: uuid('file_id')
      .notNull()
      .references(() => files.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    mediaType: text('media_type').notNull(),
    bytes: integer('bytes').notNull(),
    sha256: text('sha256').notNull(),
  },
  (t) => [primaryKey({ columns: [t.fileId, t.name] }), check('file_variants_bytes_check', sql`${t.bytes} > 0`)],
)
