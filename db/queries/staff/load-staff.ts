import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow } from '#db/client.ts'
import { STAFF_ROLES, type StaffRole } from '#db/schema/index.ts'

/** A role of the staff that an operation can ask for. */
export type StaffAccess = StaffRole

export const isStaffAccess = (access: string): access is StaffAccess =>
  STAFF_ROLES.some((role) => role === access)

const StaffRow = z.object({ phone: z.string().nullable(), roles: z.array(z.enum(STAFF_ROLES)) })

/** The phone of a person and the roles they were granted, which may be none. Undefined: no such person. */
export function loadStaff(db: Db, userId: string): Promise<z.infer<typeof StaffRow> | undefined> {
  return readRow(
    db,
    sql`select phone, coalesce((select jsonb_agg(role) from staff_roles where user_id = users.id), '[]') as roles
      from users where id = ${userId} and deleted_at is null`,
    StaffRow,
  )
}
