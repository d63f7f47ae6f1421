import { sql } from 'drizzle-orm'
import {
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'

import { bookingSides } from '#packages/booking/sides.ts'
import { bookings } from './bookings.ts'
import { instant, oneOf } from './columns.ts'
import { users } from './users.ts'

/**
 * What one side of a booking says about the other. `side` is who wrote it. Nobody sees it before `visibleAt`: 15 days
 * after the first of the two, or at once when the second is written.
 */
export const reviews = pgTable(
  'reviews',
  {
    id: uuid('id').primaryKey(),
    bookingId: uuid('booking_id')
      .notNull()
      .references(() => bookings.id),
    side: text('side', { enum: bookingSides }).notNull(),
    authorId: uuid('author_id')
      .notNull()
      .references(() => users.id),
    subjectId: uuid('subject_id')
      .notNull()
      .references(() => users.id),
    stars: smallint('stars').notNull(),
    tags: text('tags').array().notNull(),
    body: text('body'),
    reply: text('reply'),
    repliedAt: instant('replied_at'),
    createdAt: instant('created_at').notNull(),
    visibleAt: instant('visible_at').notNull(),
    /** Since when it is part of its subject's total; null before it is visible. */
    countedAt: instant('counted_at'),
    /** When moderators took it down. */
    removedAt: instant('removed_at'),
  },
  (t) => [
    uniqueIndex('reviews_one_per_side').on(t.bookingId, t.side),
    index('reviews_subject_idx').on(t.subjectId, t.visibleAt, t.id),
    index('reviews_author_idx').on(t.authorId, t.id),
    index('reviews_uncounted_idx')
      .on(t.visibleAt)
      .where(sql`${t.countedAt} is null and ${t.removedAt} is null`),
    check('reviews_side_check', oneOf(t.side, bookingSides)),
    check('reviews_stars_check', sql`${t.stars} between 1 and 5`),
    check('reviews_not_self', sql`${t.authorId} <> ${t.subjectId}`),
  ],
)

/** The sum of a person's visible reviews, as a driver and as a passenger. The average is stars / reviews. */
export const ratingTotals = pgTable(
  'rating_totals',
  {
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** As what they were rated. */
    side: text('side', { enum: bookingSides }).notNull(),
    stars: integer('stars').notNull(),
    reviews: integer('reviews').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.userId, t.side] }),
    check('rating_totals_side_check', oneOf(t.side, bookingSides)),
    check(
      'rating_totals_within',
      sql`${t.reviews} >= 0 and ${t.stars} between ${t.reviews} and 5 * ${t.reviews}`,
    ),
  ],
)

/** Who wants nothing to do with whom. It works in both directions. */
export const blocks = pgTable(
  'blocks',
  {
    blockerId: uuid('blocker_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    blockedId: uuid('blocked_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.blockerId, t.blockedId] }),
    index('blocks_blocked_idx').on(t.blockedId),
    check('blocks_not_self', sql`${t.blockerId} <> ${t.blockedId}`),
  ],
)

export const REPORT_SUBJECTS = ['user', 'ride', 'message', 'review'] as const
export const REPORT_REASONS = ['safety', 'harassment', 'fraud', 'no_show', 'inappropriate', 'other'] as const
export const REPORT_STATES = ['open', 'upheld', 'dismissed'] as const

/** What a person wants the staff to look at. */
export const reports = pgTable(
  'reports',
  {
    id: uuid('id').primaryKey(),
    reporterId: uuid('reporter_id')
      .notNull()
      .references(() => users.id),
    subjectKind: text('subject_kind', { enum: REPORT_SUBJECTS }).notNull(),
    subjectId: uuid('subject_id').notNull(),
    reason: text('reason', { enum: REPORT_REASONS }).notNull(),
    details: text('details'),
    state: text('state', { enum: REPORT_STATES }).notNull(),
    createdAt: instant('created_at').notNull(),
    handledBy: uuid('handled_by').references(() => users.id),
    handledAt: instant('handled_at'),
    outcome: text('outcome'),
  },
  (t) => [
    uniqueIndex('reports_one_open')
      .on(t.reporterId, t.subjectKind, t.subjectId)
      .where(sql`${t.state} = 'open'`),
    index('reports_open_idx').on(t.id).where(sql`${t.state} = 'open'`),
    index('reports_subject_idx').on(t.subjectId),
    index('reports_reporter_idx').on(t.reporterId, t.id),
    index('reports_handled_idx').on(t.handledAt).where(sql`${t.handledAt} is not null`),
    check('reports_subject_check', oneOf(t.subjectKind, REPORT_SUBJECTS)),
    check('reports_reason_check', oneOf(t.reason, REPORT_REASONS)),
    check('reports_state_check', oneOf(t.state, REPORT_STATES)),
    check('reports_handled_check', sql`(${t.state} = 'open') = (${t.handledAt} is null)`),
  ],
)
