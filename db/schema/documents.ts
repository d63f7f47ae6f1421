import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  date,
  index,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { DOCUMENT_KINDS, DOCUMENT_STATES } from '#packages/documents/kinds.ts'
import { instant, oneOf } from './columns.ts'
import { drivers, vehicles } from './drivers.ts'
import { files } from './files.ts'
import { users } from './users.ts'

/**
 * Which documents are asked for. `region` is `IN` or a state such as `IN-KA`, `vehicle_kind` a kind or `*`: the most
 * exact row that fits decides (packages/documents).
 */
export const documentRequirements = pgTable(
  'document_requirements',
  {
    region: text('region').notNull(),
    vehicleKind: text('vehicle_kind').notNull(),
    kind: text('kind', { enum: DOCUMENT_KINDS }).notNull(),
    mandatory: boolean('mandatory').notNull(),
    /** Whether it has a last day. */
    expires: boolean('expires').notNull(),
    /** Whether its number is asked for. */
    numbered: boolean('numbered').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.region, t.vehicleKind, t.kind] }),
    check('document_requirements_region_check', sql`${t.region} ~ '^IN(-[A-Z]{2})?$'`),
    check('document_requirements_kind_check', oneOf(t.kind, DOCUMENT_KINDS)),
  ],
)

/** A paper that a driver has handed in. The number is sealed; its last four characters are kept beside it for display. */
export const documents = pgTable(
  'documents',
  {
    id: uuid('id').primaryKey(),
    driverId: uuid('driver_id')
      .notNull()
      .references(() => drivers.userId),
    /** Null where it is about the driver. */
    vehicleId: uuid('vehicle_id').references(() => vehicles.id),
    kind: text('kind', { enum: DOCUMENT_KINDS }).notNull(),
    numberSealed: text('number_sealed'),
    numberLast4: text('number_last4'),
    /** The last day it is good for, in India. */
    expiresOn: date('expires_on'),
    state: text('state', { enum: DOCUMENT_STATES }).notNull(),
    /** Why it was rejected. */
    reason: text('reason'),
    fileId: uuid('file_id').references(() => files.id, { onDelete: 'set null' }),
    createdAt: instant('created_at').notNull(),
    reviewedAt: instant('reviewed_at'),
    reviewedBy: uuid('reviewed_by').references(() => users.id),
    /** When it was rejected, replaced or expired; its file is purged some time after that. */
    endedAt: instant('ended_at'),
  },
  (t) => [
    uniqueIndex('documents_one_pending')
      .on(t.driverId, sql`coalesce(${t.vehicleId}, ${t.driverId})`, t.kind)
      .where(sql`${t.state} = 'pending'`),
    uniqueIndex('documents_one_valid')
      .on(t.driverId, sql`coalesce(${t.vehicleId}, ${t.driverId})`, t.kind)
      .where(sql`${t.state} = 'valid'`),
    uniqueIndex('documents_file_key').on(t.fileId),
    index('documents_waiting_idx').on(t.id).where(sql`${t.state} = 'pending'`),
    index('documents_expiry_idx').on(t.expiresOn).where(sql`${t.state} = 'valid'`),
    // Whose files are to be purged.
    index('documents_ended_idx').on(t.endedAt).where(sql`${t.endedAt} is not null and ${t.fileId} is not null`),
    index('documents_vehicle_idx').on(t.vehicleId),
    check('documents_kind_check', oneOf(t.kind, DOCUMENT_KINDS)),
    check('documents_state_check', oneOf(t.state, DOCUMENT_STATES)),
    check('documents_reason_check', sql`(${t.state} = 'rejected') = (${t.reason} is not null)`),
    check('documents_number_check', sql`(${t.numberSealed} is null) = (${t.numberLast4} is null)`),
  ],
)

/** A reminder that went out, so that it goes out once. */
export const documentReminders = pgTable(
  'document_reminders',
  {
    documentId: uuid('document_id')
      .notNull()
      .references(() => documents.id, { onDelete: 'cascade' }),
    daysBefore: smallint('days_before').notNull(),
    sentAt: instant('sent_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.documentId, t.daysBefore] })],
)
