import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { kindNames } from '#packages/notifications/kinds.ts'
import { LANGUAGES } from '#packages/sms/languages.ts'

const Text = z.object({ title: z.string(), body: z.string() })

/** A notification with what its text is made of, as that is now: who has gone is no longer named. */
export const NotificationRow = z.object({
  id: z.string(),
  userId: z.string(),
  kind: z.enum(kindNames),
  data: z.looseObject({
    thread: z.string(),
    /** Paise. */
    amount: z.number().optional(),
    written: z.partialRecord(z.enum(LANGUAGES), Text).optional(),
  }),
  createdAt: z.coerce.date(),
  readAt: z.coerce.date().nullable(),
  language: z.enum(LANGUAGES),
  personName: z.string().nullable(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  departsAt: z.coerce.date().nullable(),
})
export type NotificationRow = z.infer<typeof NotificationRow>

/** The columns of a NotificationRow, of the notification called `note`. */
export const notificationColumns = sql`note.id, note.user_id as "userId", note.kind, note.data,
  note.created_at as "createdAt", note.read_at as "readAt", reader.language, person.name as "personName",
  coalesce(booking.pickup_at, ride.departs_at) as "departsAt",
  (select name from route_stops where route_id = ride.route_id and position >= coalesce(booking.leg_from, 0)
    order by position limit 1) as "from",
  (select name from route_stops where route_id = ride.route_id
    and position <= coalesce(booking.leg_to, (select max(position) from route_stops last where last.route_id = ride.route_id))
    order by position desc limit 1) as "to"`

/** The joins that those columns need. */
export const notificationJoins = sql`join users reader on reader.id = note.user_id
  left join users person on person.id = (note.data ->> 'personId')::uuid and person.deleted_at is null
  left join bookings booking on booking.id = (note.data ->> 'bookingId')::uuid
  left join rides ride on ride.id = coalesce((note.data ->> 'rideId')::uuid, booking.ride_id)`
