import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow, readRows } from '#db/client.ts'
import { textList } from '#db/lists.ts'
import { recordAudit } from '#db/queries/audit/record-audit.ts'
import { STAFF_ROLES, type StaffRole } from '#db/schema/index.ts'

const StaffMemberRow = z.object({
  id: z.string(),
  name: z.string().nullable(),
  /** Named by the variable ADMINISTRATORS. */
  appointed: z.boolean(),
  roles: z.array(z.object({ role: z.enum(STAFF_ROLES), grantedBy: z.string(), grantedAt: z.coerce.date() })),
})
export type StaffMemberRow = z.infer<typeof StaffMemberRow>

/** Everybody of the staff, newest person first. @param appointed the phones of the first administrators */
export function listStaff(
  db: Db,
  appointed: readonly string[],
  page: { before?: string | undefined; limit: number },
): Promise<StaffMemberRow[]> {
  const older = page.before ? sql`and person.id < ${page.before}` : sql``
  const phones = textList(appointed)
  return readRows(
    db,
    sql`select person.id, person.name, coalesce(person.phone in ${phones}, false) as appointed,
        (select coalesce(jsonb_agg(jsonb_build_object('role', role, 'grantedBy', granted_by, 'grantedAt', granted_at)
          order by role), '[]') from staff_roles where user_id = person.id) as roles
      from users person
      where person.deleted_at is null ${older} and (person.phone in ${phones}
        or person.id in (select user_id from staff_roles))
      order by person.id desc limit ${page.limit}`,
    StaffMemberRow,
  )
}

export interface RoleChange {
  userId: string
  role: StaffRole
  actorId: string
  now: Date
}

const Changed = z.object({ userId: z.string() })

const audit = ({ actorId, role, now }: RoleChange, action: string) =>
  recordAudit(
    'changed',
    { actorId, action, subject: sql`user_id`, details: sql`jsonb_build_object('role', ${role}::text)` },
    now,
  )

/** Gives a person a role of the staff; nothing happens to one who has it. Undefined: no such person. */
export function grantRole(db: Db, change: RoleChange): Promise<{ userId: string } | undefined> {
  const { userId, role, actorId, now } = change
  return readRow(
    db,
    sql`with person as (
        select id from users where id = ${userId} and deleted_at is null for share
      ), changed as (
        insert into staff_roles (user_id, role, granted_by, granted_at)
        select id, ${role}, ${actorId}::uuid, ${now}::timestamptz from person
        on conflict do nothing
        returning user_id
      ), audited as (${audit(change, 'role.grant')})
      select id as "userId" from person`,
    Changed,
  )
}

/** Takes a role from a person; it is gone with the next request. Undefined: they did not have it. */
export function withdrawRole(db: Db, change: RoleChange): Promise<{ userId: string } | undefined> {
  return readRow(
    db,
    sql`with changed as (
        delete from staff_roles where user_id = ${change.userId} and role = ${change.role} returning user_id
      ), audited as (${audit(change, 'role.withdraw')})
      select user_id as "userId" from changed`,
    Changed,
  )
}
