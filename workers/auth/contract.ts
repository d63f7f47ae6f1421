import { z } from '@hono/zod-openapi'
import { Id, Instant, line } from '../http/shapes.ts'

/** As typed by a person; it is normalised to E.164. */
export const PhoneInput = z.string().trim().min(4).max(32).openapi({ example: '+919876543210' })

export const LANGUAGES = ['en', 'hi', 'kn', 'ta', 'te', 'mr'] as const

export const Profile = z
  .object({
    id: Id,
    phone: z.string(),
    name: z.string().nullable(),
    email: z.string().nullable(),
    language: z.string(),
    roles: z.array(z.enum(['passenger', 'driver'])),
    createdAt: Instant,
  })
  .openapi('Profile')

export const ProfileChange = z
  .strictObject({
    name: line(80).optional(),
    email: z.email().max(254).nullish(),
    language: z.enum(LANGUAGES).optional(),
  })
  .openapi('ProfileChange')

export const Tokens = z
  .object({
    accessToken: z.string(),
    refreshToken: z.string(),
    tokenType: z.literal('Bearer'),
    expiresIn: z.int().openapi({ description: 'Seconds the access token lives' }),
  })
  .openapi('Tokens')

export const SignedIn = Tokens.extend({ user: Profile }).openapi('SignedIn')
