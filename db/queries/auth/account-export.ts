import { z } from 'zod'

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
      ...{ pickup: place.extend({ at }), dropoff: place.extend({ at }), createdAt: at },
    }),
  ),
  waitlistEntries: z.array(z.object({ id, rideId: id, seats: z.number(), state: z.string(), createdAt: at })),
  staffRoles: z.array(z.object({ role: z.string(), grantedAt: at })),
  /** What the person did as one of the staff. */
  staffActions: z.array(z.object({ action: z.string(), subject: id, at })),
})
export type AccountExport = z.infer<typeof AccountExport>
