import { z } from '@hono/zod-openapi'
import { GENDERS } from '#db/schema/index.ts'
import { LANGUAGES } from '#packages/sms/languages.ts'
import { Photo } from '../http/photo.ts'
import { Id, Instant, line, orNull } from '../http/shapes.ts'

/** As typed by a person; it is normalised to E.164. */
export const PhoneInput = z.string().trim().min(4).max(32).openapi({ example: '+919876543210' })

/** Whom an SOS tells, beside operations. */
export const MAX_TRUSTED_CONTACTS = 5

const name = line(80)

export const Profile = z
  .object({
    id: Id,
    phone: z.string(),
    name: z.string().nullable(),
    email: z.string().nullable(),
    language: z.string(),
    gender: z.enum(GENDERS).nullable(),
    photo: orNull(Photo),
    trustedContacts: z.array(z.object({ name: z.string(), phone: z.string() })),
    notificationChoices: z.object({ push: z.boolean(), sms: z.boolean(), offers: z.boolean() }),
    showsPresence: z
      .boolean()
      .openapi({ description: 'Whether those whom I write or ride with see when I am there' }),
    roles: z.array(z.enum(['passenger', 'driver'])),
    createdAt: Instant,
  })
  .openapi('Profile')

export const ProfileChange = z
  .strictObject({
    name: name.optional(),
    email: z.email().max(254).nullish(),
    language: z.enum(LANGUAGES).optional(),
    gender: z.enum(GENDERS).nullish(),
    trustedContacts: z
      .array(z.strictObject({ name, phone: PhoneInput }))
      .max(MAX_TRUSTED_CONTACTS)
      .optional(),
    notificationChoices: z
      .strictObject({
        push: z.boolean().optional(),
        sms: z.boolean().optional(),
        offers: z.boolean().optional(),
      })
      .optional(),
    showsPresence: z.boolean().optional(),
  })
  .openapi('ProfileChange')

export const Session = z
  .object({
    id: Id,
    deviceName: z.string().nullable(),
    createdAt: Instant,
    lastUsedAt: Instant,
    current: z.boolean().openapi({ description: 'The session that asks' }),
  })
  .openapi('Session')

export const Tokens = z
  .object({
    accessToken: z.string(),
    refreshToken: z.string(),
    tokenType: z.literal('Bearer'),
    expiresIn: z.int().openapi({ description: 'Seconds the access token lives' }),
  })
  .openapi('Tokens')

export const SignedIn = Tokens.extend({ user: Profile }).openapi('SignedIn')
