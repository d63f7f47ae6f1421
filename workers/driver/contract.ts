import { z } from '@hono/zod-openapi'
import type { DriverRow } from '#db/queries/drivers/driver-profile.ts'
import type { Fix } from '#packages/location/judge-location.ts'
import type { Services } from '../context.ts'
import { presentRating, Rating } from '../http/rating.ts'
import { Id, Instant, line, orNull, Position } from '../http/shapes.ts'
import { loadLocation } from './locations.ts'

export const DriverLocation = z.object({ position: Position, at: Instant }).openapi('DriverLocation')

export const DriverProfile = z
  .object({
    id: Id,
    name: z.string().nullable(),
    bio: z.string().nullable(),
    online: z.boolean(),
    location: orNull(DriverLocation).openapi({ description: 'Of the last minutes, while online' }),
    rating: Rating,
    createdAt: Instant,
  })
  .openapi('DriverProfile')

export const DriverProfileChange = z
  .strictObject({ name: line(80), bio: line(500).nullish() })
  .openapi('DriverProfileChange')

export function presentLocation({ lat, lng, at }: Fix): z.input<typeof DriverLocation> {
  return { position: { lat, lng }, at: new Date(at).toISOString() }
}

export async function presentDriver(
  { redis }: Pick<Services, 'redis'>,
  driver: DriverRow,
): Promise<z.input<typeof DriverProfile>> {
  const { userId, name, bio, online, createdAt } = driver
  const fix = online ? await loadLocation(redis, userId) : null
  return {
    ...{ id: userId, name, bio, online, location: fix && presentLocation(fix) },
    rating: presentRating(driver.rating),
    createdAt: createdAt.toISOString(),
  }
}
