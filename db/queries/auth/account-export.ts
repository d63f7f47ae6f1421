import { z } from 'zod'
import { MoneyExport } from './money-export.ts'

const id = z.string()
const text = z.string().nullable()
const at = z.iso.datetime()
const money = z.object({ amount: z.number(), currency: z.string() })
const place = z.object({ lat: z.number(), lng: z.number() })

/** Everything that is stored about a person, as they get it. */
export const AccountExport = z.object({
  profile: z.object({
    ...{ id, phone: z.string(), name: text, email: text, language: z.string(), gender: text },
    notificationChoices: z.object({ push: z.boolean(), sms: z.boolean(), offers: z.boolean() }),
    showsPresence: z.boolean(),
    /** Minutes after midnight in India. */
    quietHours: z.object({ from: z.number(), to: z.number() }).nullable(),
    ...{ createdAt: at, updatedAt: at },
  }),
  trustedContacts: z.array(z.object({ name: z.string(), phone: z.string() })),
  sessions: z.array(
    z.object({
      ...{ id, deviceName: text, createdAt: at, lastUsedAt: at, expiresAt: at },
      ...{ revokedAt: at.nullable(), revokedReason: text },
    }),
  ),
  driver: z.object({ bio: text, online: z.boolean(), createdAt: at, updatedAt: at }).nullable(),
  vehicles: z.array(
    z.object({
      ...{ id, make: z.string(), model: z.string(), year: z.number(), plate: z.string(), colour: z.string() },
      ...{ kind: z.string(), fuel: z.string(), features: z.array(z.string()), seats: z.number() },
      ...{ active: z.boolean(), createdAt: at, deletedAt: at.nullable() },
    }),
  ),
  /** The number is masked: only its end is shown. */
  documents: z.array(
    z.object({
      ...{ id, kind: z.string(), vehicleId: id.nullable(), state: z.string(), reason: text },
      ...{ number: text, expiresOn: z.iso.date().nullable(), fileId: id.nullable() },
      ...{ createdAt: at, reviewedAt: at.nullable() },
    }),
  ),
  files: z.array(
    z.object({
      ...{ id, purpose: z.string(), state: z.string(), bytes: z.number() },
      ...{ createdAt: at, deletedAt: at.nullable() },
    }),
  ),
  routes: z.array(
    z.object({
      ...{ id, seats: z.number(), bookingMode: z.string(), notes: text, pricePerSeat: money },
      stops: z.array(place.extend({ name: z.string() })),
      ...{ createdAt: at, archivedAt: at.nullable() },
    }),
  ),
  rides: z.array(
    z.object({
      ...{ id, routeId: id, vehicleId: id, status: z.string(), departsAt: at },
      ...{ startedAt: at.nullable(), endedAt: at.nullable() },
    }),
  ),
  bookings: z.array(
    z.object({
      ...{ id, rideId: id, state: z.string(), seats: z.number(), cancelledBy: text, fare: money },
      ...{ fee: money, payWith: z.string(), sameGender: z.boolean() },
      ...{ pickup: place.extend({ at }), dropoff: place.extend({ at }), createdAt: at },
    }),
  ),
  waitlistEntries: z.array(z.object({ id, rideId: id, seats: z.number(), state: z.string(), createdAt: at })),
  /** With the rides that were found for them. */
  savedSearches: z.array(
    z.object({
      ...{ id, pickup: place.extend({ name: z.string() }), dropoff: place.extend({ name: z.string() }) },
      ...{ earliest: at, latest: at, radiusMetres: z.number(), seats: z.number() },
      filters: z.record(z.string(), z.unknown()),
      ...{ rideIds: z.array(id), createdAt: at },
    }),
  ),
  reviewsWritten: z.array(
    z.object({
      ...{ id, bookingId: id, stars: z.number(), tags: z.array(z.string()), text },
      ...{ createdAt: at, removedAt: at.nullable() },
    }),
  ),
  /** Without who wrote them. */
  reviewsReceived: z.array(
    z.object({
      ...{ id, bookingId: id, stars: z.number(), tags: z.array(z.string()), text },
      ...{ reply: text, repliedAt: at.nullable(), visibleAt: at },
    }),
  ),
  ratings: z.array(z.object({ as: z.string(), stars: z.number(), reviews: z.number() })),
  blocks: z.array(z.object({ userId: id, at })),
  reports: z.array(
    z.object({
      ...{ id, subjectKind: z.string(), subjectId: id, reason: z.string(), details: text },
      ...{ state: z.string(), createdAt: at },
    }),
  ),
  shareLinks: z.array(z.object({ id, rideId: id, createdAt: at, expiresAt: at, revokedAt: at.nullable() })),
  sosAlerts: z.array(
    z.object({
      ...{ id, rideId: id.nullable(), state: z.string(), note: text, position: place.nullable() },
      ...{ locatedAt: at.nullable(), raisedAt: at, acknowledgedAt: at.nullable(), resolvedAt: at.nullable() },
      resolution: text,
    }),
  ),
  /** Since when the person took part in which conversation, and how far they have read. */
  conversations: z.array(
    z.object({
      ...{ id, rideId: id, kind: z.string(), readSeq: z.number() },
      ...{ joinedAt: at, leftAt: at.nullable() },
    }),
  ),
  /** What they wrote; a deleted message has no text. */
  messages: z.array(
    z.object({
      ...{ id, conversationId: id, seq: z.number(), text, fileId: id.nullable() },
      ...{ sentAt: at, deletedAt: at.nullable() },
    }),
  ),
  /** What the app told them of; `written` is what operations wrote. */
  notifications: z.array(
    z.object({ id, kind: z.string(), written: z.unknown().nullable(), at, readAt: at.nullable() }),
  ),
  /** Without the tokens. */
  devices: z.array(z.object({ id, platform: z.string(), createdAt: at, updatedAt: at })),
  notificationPreferences: z.array(z.object({ kind: z.string(), channel: z.string(), wanted: z.boolean() })),
  staffRoles: z.array(z.object({ role: z.string(), grantedAt: at })),
  ...MoneyExport.shape,
  /** What the person did as one of the staff. */
  staffActions: z.array(z.object({ action: z.string(), subject: id, at })),
})
export type AccountExport = z.infer<typeof AccountExport>
