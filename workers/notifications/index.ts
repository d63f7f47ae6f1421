import type { Operation } from '../http/operation.ts'
import { deleteNotification } from './delete-notification.ts'
import { getNotificationPreferences } from './get-notification-preferences.ts'
import { listNotifications } from './list-notifications.ts'
import { listParkedDeliveries } from './list-parked-deliveries.ts'
import { listParkedEvents } from './list-parked-events.ts'
import { readAllNotifications } from './read-all-notifications.ts'
import { readNotification } from './read-notification.ts'
import { registerPushToken } from './register-push-token.ts'
import { removePushToken } from './remove-push-token.ts'
import { retryParkedDeliveries } from './retry-parked-deliveries.ts'
import { retryParkedEvent } from './retry-parked-event.ts'
import { saveNotificationPreferences } from './save-notification-preferences.ts'
import { sendNotifications } from './send-notifications.ts'

export const notificationOperations: readonly Operation[] = [
  sendNotifications,
  listNotifications,
  readNotification,
  readAllNotifications,
  deleteNotification,
  registerPushToken,
  removePushToken,
  getNotificationPreferences,
  saveNotificationPreferences,
  listParkedDeliveries,
  retryParkedDeliveries,
  listParkedEvents,
  retryParkedEvent,
]
