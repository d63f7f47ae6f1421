import type { DeliveryRow } from '#db/queries/notifications/take-deliveries.ts'
import { nameOf } from '#packages/errors/name-of.ts'
import { type Channel, kindOf } from '#packages/notifications/kinds.ts'
import { presentNotification } from '#packages/notifications/present-notification.ts'
import { smsOf } from '#packages/notifications/sms-of.ts'
import type { PushOutcome } from '#packages/push/push-port.ts'
import type { Services } from '../context.ts'

export type Around = Pick<Services, 'db' | 'live' | 'sms' | 'push' | 'log' | 'platform'>

/** A channel: tries all of these at once, and says of each what became of it. Never rejects. */
type Send = (around: Around, due: readonly DeliveryRow[], now: number) => Promise<PushOutcome[]>

const failed = (error: unknown): PushOutcome => ({
  ...{ type: 'later', afterMs: null },
  // What is known of it without what was in it.
  reason: nameOf(error),
})

const toHubs: Send = ({ live, log }, due) =>
  Promise.all(
    due.map(async (delivery): Promise<PushOutcome> => {
      const { id, userId } = delivery
      const notification = presentNotification(delivery)
      try {
        // The hub knows events by their id, so that this one is shown once however often it comes.
        await live.tellUser(userId, [
          { type: 'notification:new', id, notification, at: notification.createdAt },
        ])
        return { type: 'sent' }
      } catch (error) {
        log.error('user not notified', { userId, error })
        return failed(error)
      }
    }),
  )

const toDevices: Send = ({ push }, due, now) =>
  push.send(
    due.map((delivery) => {
      const { id, kind, title, body, data } = presentNotification(delivery)
      return {
        ...{ title, body, token: delivery.pushToken ?? '', data: { ...data, kind, notificationId: id } },
        ...{ thread: delivery.data.thread, expiresAt: delivery.lateAt.getTime() },
        urgent: kindOf(delivery.kind).urgent ?? false,
      }
    }),
    now,
  )

const toPhones: Send = ({ sms }, due) =>
  Promise.all(
    due.map(async (delivery): Promise<PushOutcome> => {
      const text = smsOf(delivery)
      if (!text || delivery.phone === null) return { type: 'refused', reason: 'there is no such text' }
      try {
        await sms.sendText(delivery.phone, text)
        return { type: 'sent' }
      } catch (error) {
        return failed(error)
      }
    }),
  )

export const senders: Readonly<Record<Channel, Send>> = { hub: toHubs, push: toDevices, sms: toPhones }
