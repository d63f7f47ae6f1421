import { z } from '@hono/zod-openapi'
import { STAFF_ROLES } from '#db/schema/index.ts'
import { Id, Instant } from '../http/shapes.ts'

export const RoleParams = z.object({ userId: Id, role: z.enum(STAFF_ROLES) })

export const StaffMember = z
  .object({
    id: Id,
    name: z.string().nullable(),
    appointed: z.boolean().openapi({ description: 'An administrator by configuration' }),
    roles: z.array(z.object({ role: z.enum(STAFF_ROLES), grantedBy: Id, grantedAt: Instant })),
  })
  .openapi('StaffMember')

export const AuditEvent = z
  .object({
    id: Id,
    actorId: Id,
    action: z.string().openapi({ example: 'document.approve' }),
    subject: Id.nullable().openapi({ description: 'Null: no single thing' }),
    details: z.record(z.string(), z.unknown()),
    at: Instant,
  })
  .openapi('AuditEvent')

/** As little of a person as tells who it is and what can be done. */
export const FoundUser = z
  .object({
    id: Id,
    name: z.string().nullable(),
    isDriver: z.boolean(),
    bannedAt: Instant.nullable(),
    createdAt: Instant,
  })
  .openapi('FoundUser')
