import { z } from 'zod'
import {
  loadBookingNews,
  loadRideTimes,
  loadSaid,
  loadStartedRides,
} from '#db/queries/notifications/load-news.ts'
import type { OutboxRow } from '#db/queries/outbox/deliver.ts'
import { loadStaffOf } from '#db/queries/staff/load-staff-of.ts'
import { bookingStates } from '#packages/booking/states.ts'
import { bookingNews } from '#packages/notifications/booking-news.ts'
import {
  CapturedPayload,
  captureNews,
  PayoutPayload,
  payoutNews,
  RefundPayload,
  refundNews,
} from '#packages/notifications/money-news.ts'
import { type News, newsOf } from '#packages/notifications/news.ts'
import { Request as Requested } from '#packages/notifications/request.ts'
import { rideStates } from '#packages/ride/transition.ts'
import { sosStates } from '#packages/sos/transition.ts'
import type { Services } from '../context.ts'

type Around = Pick<Services, 'db' | 'settings'>

/** Reads events of some topics: who is to be told what, by the event's id. What is not in the result tells nobody anything. */
export type NewsReader = (around: Around, rows: readonly OutboxRow[]) => Promise<[string, News[]][]>

const BookingPayload = z.object({ bookingId: z.string(), state: z.enum(bookingStates) })
const RidePayload = z.object({ status: z.enum(rideStates) })
const DocumentPayload = z.object({ documentId: z.string() })
const MessagePayload = z.object({ messageId: z.string() })
const SosPayload = z.object({ userId: z.string(), rideId: z.string().nullable(), state: z.enum(sosStates) })
const ReviewPayload = z.object({ reviewId: z.string(), bookingId: z.string(), authorId: z.string() })
const AlertPayload = z.object({
  savedSearchId: z.string(),
  rideId: z.string(),
  driverId: z.string(),
  userId: z.string(),
  /** Whether each has heard of few enough lately. */
  toPassenger: z.boolean(),
  toDriver: z.boolean(),
})

const at = ({ createdAt }: OutboxRow) => createdAt.getTime()

const instantsOf = (ride: { departsAt: Date; arrivesAt: Date } | undefined) => ({
  answer: null,
  departure: ride?.departsAt.getTime() ?? null,
  arrival: ride?.arrivesAt.getTime() ?? null,
})

const ofBookings: NewsReader = async ({ db }, rows) => {
  const events = rows.map((row) => ({ row, ...BookingPayload.parse(row.payload) }))
  const found = await loadBookingNews(
    db,
    events.map(({ row, bookingId, state }) => ({ eventId: row.id, bookingId, state, at: row.createdAt })),
  )
  return events.flatMap(({ row, state }): [string, News[]][] => {
    const facts = found.find(({ eventId }) => eventId === row.id)
    return facts ? [[row.id, bookingNews({ ...facts, state }, at(row))]] : []
  })
}

const ofRides: NewsReader = async ({ db }, rows) => {
  const started = rows.filter(({ payload }) => RidePayload.parse(payload).status === 'started')
  if (started.length === 0) return []
  const rides = await loadStartedRides(
    db,
    started.map(({ subject }) => subject),
  )
  return started.map((row) => {
    const ride = rides.find(({ rideId }) => rideId === row.subject)
    const instants = instantsOf(ride)
    const told = (ride?.passengers ?? []).map(({ userId, bookingId }) =>
      newsOf('ride_started', {
        ...{ userId, about: row.subject, at: at(row), instants },
        data: { rideId: row.subject, bookingId, personId: ride?.driverId },
      }),
    )
    return [row.id, told]
  })
}

const ofDocuments: NewsReader = async (_, rows) =>
  rows.map((row) => {
    const { documentId } = DocumentPayload.parse(row.payload)
    const kind = row.topic === 'document.rejected' ? 'document_rejected' : 'document_expiring'
    return [
      row.id,
      [newsOf(kind, { userId: row.subject, about: documentId, at: at(row), data: { documentId } })],
    ]
  })

const ofMessages: NewsReader = async ({ db }, rows) => {
  const said = await loadSaid(
    db,
    rows.map(({ payload }) => MessagePayload.parse(payload).messageId),
  )
  return rows.map((row) => {
    const message = said.find(({ messageId }) => messageId === row.payload['messageId'])
    if (!message) return [row.id, []]
    const { conversationId, rideId, messageId, senderId: personId } = message
    const about = { about: conversationId, at: at(row), data: { conversationId, rideId, messageId, personId } }
    return [row.id, message.to.map((userId) => newsOf('chat_message', { userId, ...about }))]
  })
}

const ofSos: NewsReader = async ({ db, settings }, rows) => {
  const operators = await loadStaffOf(db, 'operator', settings.ADMINISTRATORS)
  return rows.map((row) => {
    const { userId, rideId, state } = SosPayload.parse(row.payload)
    const about = { about: row.subject, at: at(row), data: { alertId: row.subject, ...(rideId && { rideId }) } }
    const others = operators.filter((operator) => operator !== userId)
    if (state === 'raised')
      return [row.id, others.map((each) => newsOf('sos_raised', { userId: each, ...about }))]
    return [row.id, state === 'acknowledged' ? [newsOf('sos_acknowledged', { userId, ...about })] : []]
  })
}

const ofReviews: NewsReader = async (_, rows) =>
  rows.map((row) => {
    const { reviewId, bookingId, authorId: personId } = ReviewPayload.parse(row.payload)
    const data = { reviewId, bookingId, personId }
    return [row.id, [newsOf('review_visible', { userId: row.subject, about: reviewId, at: at(row), data })]]
  })

const ofAlerts: NewsReader = async ({ db }, rows) => {
  const alerts = rows.map((row) => ({ row, ...AlertPayload.parse(row.payload) }))
  const rides = await loadRideTimes(
    db,
    alerts.map(({ rideId }) => rideId),
  )
  return alerts.map(({ row, savedSearchId, rideId, driverId, userId, toPassenger, toDriver }) => {
    const instants = instantsOf(rides.find((ride) => ride.rideId === rideId))
    const found = { userId, about: savedSearchId, data: { savedSearchId, rideId, personId: driverId } }
    const wanted = { userId: driverId, about: rideId, data: { rideId } }
    const told = [
      ...(toPassenger ? [newsOf('ride_found', { ...found, at: at(row), instants })] : []),
      ...(toDriver ? [newsOf('passenger_found', { ...wanted, at: at(row), instants })] : []),
    ]
    return [row.id, told]
  })
}

const ofRequests: NewsReader = async (_, rows) =>
  rows.map((row) => {
    const { kind, userIds, written } = Requested.parse(row.payload)
    const about = { about: row.subject, at: at(row), data: { written } }
    return [row.id, userIds.map((userId) => newsOf(kind, { userId, ...about }))]
  })

const ofPayments: NewsReader = async (_, rows) =>
  rows.map((row) => [row.id, captureNews(CapturedPayload.parse(row.payload), aboutMoney(row))])

const ofRefunds: NewsReader = async (_, rows) =>
  rows.map((row) => [row.id, refundNews(RefundPayload.parse(row.payload), aboutMoney(row))])

const ofPayouts: NewsReader = async ({ db, settings }, rows) => {
  const staff = await loadStaffOf(db, 'finance', settings.ADMINISTRATORS)
  return rows.map((row) => [row.id, payoutNews(PayoutPayload.parse(row.payload), aboutMoney(row), staff)])
}

const aboutMoney = (row: OutboxRow) => ({ userId: row.subject, at: at(row) })

/** The reader of each topic of which people are notified. */
export const newsReaders: Readonly<Record<string, NewsReader>> = {
  'booking.new': ofBookings,
  'booking.updated': ofBookings,
  'ride.updated': ofRides,
  'document.expiring': ofDocuments,
  'document.rejected': ofDocuments,
  'chat.message': ofMessages,
  'sos.updated': ofSos,
  'review.visible': ofReviews,
  'alert.matched': ofAlerts,
  'notification.requested': ofRequests,
  'payment.captured': ofPayments,
  'refund.updated': ofRefunds,
  'payout.updated': ofPayouts,
}
