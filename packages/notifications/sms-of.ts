import type { SmsText } from '#packages/sms/sms-port.ts'
import { kindOf } from './kinds.ts'
import { factsOf, type StoredNotification } from './present-notification.ts'
import { smsValues } from './text.ts'

/** The registered text of a notification with what is filled in. Undefined: none is registered for its kind. */
export function smsOf(stored: StoredNotification): SmsText | undefined {
  const { sms: template } = kindOf(stored.kind)
  const { language } = stored
  return template && { template, language, values: smsValues(factsOf(stored), language) }
}
