import { z } from '@hono/zod-openapi'
import type { DriverRow } from '#db/queries/drivers/driver-profile.ts'
import { Id, Instant, line } from '../http/shapes.ts'

export const DriverProfile = z
  .object({
    id: Id,
    name: z.string().nullable(),
    bio: z.string().nullable(),
    online: z.boolean(),
    createdAt: Instant,
  })
  .openapi('DriverProfile')

export const DriverProfileChange = z
  .strictObject({ name: line(80), bio: line(500).nullish() })
  .openapi('DriverProfileChange')

export function presentDriver(driver: DriverRow): z.input<typeof DriverProfile> {
  const { userId, name, bio, online, createdAt } = driver
  return { id: userId, name, bio, online, createdAt: createdAt.toISOString() }
}
