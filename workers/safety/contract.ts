import { z } from '@hono/zod-openapi'
import { rideStates } from '#packages/ride/transition.ts'
import { TOKEN } from '#packages/share-links/token.ts'
import { sosStates } from '#packages/sos/transition.ts'
import { Id, Instant, Position } from '../http/shapes.ts'

/** Without the name that `Position` has in the document: what has one cannot be null there. */
const place = z.object({ lat: z.number(), lng: z.number() })

/** A token of a link. Another text cannot be one, so it is not found. */
export const TokenParams = z.object({ token: z.string().regex(TOKEN) })

const url = z.string().openapi({
  description: 'The page for people, relative to the origin of the API',
  example: '/s/Zp0aT1hWc3kq5cC2qf8Jm2wQpX0l9dYbVt7uR4nE6sA',
})

export const ShareLink = z.object({ id: Id, createdAt: Instant, expiresAt: Instant }).openapi('ShareLink')
/** The only time that the link itself is told. */
export const NewShareLink = ShareLink.extend({ url }).openapi('NewShareLink')

const Sos = {
  id: Id,
  rideId: Id.nullable(),
  state: z.enum(sosStates),
  note: z.string().nullable(),
  position: place.nullable(),
  locatedAt: Instant.nullable(),
  raisedAt: Instant,
  acknowledgedAt: Instant.nullable(),
  resolvedAt: Instant.nullable(),
  resolution: z.string().nullable(),
}

/** An alert as who raised it sees it; the link is what the trusted contacts got. */
export const SosAlert = z.object({ ...Sos, url }).openapi('SosAlert')
/** As operators see it. */
export const StaffSosAlert = z.object({ ...Sos, userId: Id }).openapi('StaffSosAlert')
export const InspectedSosAlert = StaffSosAlert.extend({
  person: z.object({ name: z.string().nullable(), phone: z.string().nullable() }),
  contacts: z.array(z.object({ name: z.string(), phone: z.string() })),
  steps: z.array(
    z.object({
      kind: z.string().openapi({ example: 'acknowledged' }),
      actorId: Id.nullable().openapi({ description: 'Null: done by the system' }),
      details: z.record(z.string(), z.unknown()),
      at: Instant,
    }),
  ),
}).openapi('InspectedSosAlert')

/** What a link shows to whoever has it, and nothing more. */
export const Shared = z
  .object({
    alert: z
      .object({
        state: z.enum(sosStates),
        name: z.string().nullable().openapi({ description: 'First name of who raised it' }),
        position: place.nullable(),
        locatedAt: Instant.nullable(),
        raisedAt: Instant,
        resolvedAt: Instant.nullable(),
      })
      .nullable()
      .openapi({ description: 'Null: the link is to a ride, and nobody called for help' }),
    ride: z
      .object({
        status: z.enum(rideStates),
        driver: z.string().nullable().openapi({ description: 'First name' }),
        vehicle: z.object({ make: z.string(), model: z.string(), colour: z.string(), plate: z.string() }),
        departsAt: Instant,
        arrivesAt: Instant.openapi({ description: 'As planned, where who shared the link gets off' }),
        endedAt: Instant.nullable(),
        from: z.string(),
        to: z.string(),
        path: z.string().openapi({ description: 'Google’s encoded polyline, precision 5' }),
        destination: Position.openapi({ description: 'Where who shared the link gets off' }),
        position: z
          .object({
            lat: z.number(),
            lng: z.number(),
            heading: z.number().nullable().openapi({ description: 'Degrees clockwise from north' }),
            at: Instant,
            silent: z.boolean().openapi({ description: 'No newer one has come for two minutes' }),
          })
          .nullable(),
        progress: z
          .object({
            fraction: z.number(),
            metres: z.int().openapi({ description: 'Left to the destination' }),
            arrivesAt: Instant.openapi({ description: 'As it looks now' }),
          })
          .nullable(),
      })
      .nullable()
      .openapi({ description: 'Null: help was called outside a ride' }),
    expiresAt: Instant,
  })
  .openapi('Shared')
