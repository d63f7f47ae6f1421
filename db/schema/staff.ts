import { check, index, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { instant, oneOf } from './columns.ts'
import { users } from './users.ts'

export const STAFF_ROLES = ['reviewer', 'operator', 'finance', 'administrator'] as const
export type StaffRole = (typeof STAFF_ROLES)[number]

/** What a person of the staff may do. The first administrators are named by the variable ADMINISTRATORS. */
export const staffRoles = pgTable(
  'staff_roles',
  {
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id),
    role: text('role', { enum: STAFF_ROLES }).notNull(),
    grantedBy: uuid('granted_by')
      .notNull()
      .references(() => users.id),
    grantedAt: instant('granted_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.userId, t.role] }),
    check('staff_roles_role_check', oneOf(t.role, STAFF_ROLES)),
  ],
)

/** What the staff did, written by the statement that did it. The trigger `audit_events_append_only` keeps it as it is. */
export const auditEvents = pgTable(
  'audit_events',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    actorId: uuid('actor_id')
      .notNull()
      .references(() => users.id),
    /** Noun and verb: `document.approve`, `user.ban`. */
    action: text('action').notNull(),
    /** The thing it was done to. */
    subject: uuid('subject').notNull(),
    details: jsonb('details').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    index('audit_events_subject_idx').on(t.subject, t.at),
    index('audit_events_actor_idx').on(t.actorId, t.at),
    index('audit_events_at_idx').on(t.at, t.id),
  ],
)
