import { z } from '@hono/zod-openapi'
import { VEHICLE_FEATURES, VEHICLE_KINDS } from '#db/schema/index.ts'
import { MAX_RADIUS_METRES } from '#packages/matching/match-ride.ts'
import { MAX_PLACE_ID_LENGTH } from '#packages/places/place-id.ts'
import { MAX_SEATS } from './limits.ts'
import { Money, Position } from './shapes.ts'

const { lat, lng } = Position.shape
/** Where somebody wants to be: a position, or a place that the places API named. */
export const Where = z
  .strictObject({
    lat: lat.optional(),
    lng: lng.optional(),
    placeId: z.string().min(1).max(MAX_PLACE_ID_LENGTH).optional(),
  })
  .superRefine((where, ctx) => {
    const missing = (name: string) =>
      ctx.addIssue({ code: 'custom', path: [name], message: 'A position has `lat` and `lng`' })
    if (where.placeId === undefined) {
      if (where.lat === undefined) missing('lat')
      if (where.lng === undefined) missing('lng')
    } else if (where.lat !== undefined || where.lng !== undefined)
      ctx.addIssue({ code: 'custom', path: ['placeId'], message: 'Not with a position' })
  })
  .openapi('Where', {
    description: 'A position, or the id of a place',
    oneOf: [{ required: ['lat', 'lng'] }, { required: ['placeId'] }],
    example: { lat: 12.9716, lng: 77.5946 },
  })
export type Where = z.output<typeof Where>

/** What a ride must have to be shown; what is left out does not matter. */
export const SearchFilters = z
  .strictObject({
    instant: z
      .literal(true)
      .optional()
      .openapi({ description: 'Confirmed at once, without the driver’s answer' }),
    womenOnly: z.literal(true).optional(),
    sameGender: z.literal(true).optional().openapi({
      description: 'Where I can ride with people of my own gender only; none while mine is not in my profile',
    }),
    amenities: z
      .array(z.enum(VEHICLE_FEATURES))
      .max(VEHICLE_FEATURES.length)
      .optional()
      .openapi({ description: 'All of them' }),
    vehicleKinds: z
      .array(z.enum(VEHICLE_KINDS))
      .min(1)
      .max(VEHICLE_KINDS.length)
      .optional()
      .openapi({ description: 'One of them' }),
    maxFare: Money.optional().openapi({ description: 'For all seats asked for' }),
    minRating: z.number().min(1).max(5).optional().openapi({
      description: 'Least average of the driver’s reviews; who has none yet is left out',
    }),
  })
  .openapi('SearchFilters')

export const Radius = z.int().min(100).max(MAX_RADIUS_METRES).optional().openapi({
  description: 'Longest walk at each end; else a sixth of the distance, within 2 and 25 km',
})
export const Seats = z.int().min(1).max(MAX_SEATS).default(1)
