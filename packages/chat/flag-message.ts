import { hasContact } from './find-contact.ts'
import { hasPayment } from './find-payment.ts'
import type { MessageFlag } from './message-flags.ts'
import { plainText } from './plain-text.ts'

/**
 * What moderators want to see in a message that is sent before a booking is confirmed: a way to pay past the application,
 * or a way to meet elsewhere; null where nothing is found. A warning, never a refusal: now and then it errs.
 * Takes microseconds for each character.
 */
export function flagMessage(body: string): MessageFlag | null {
  const text = plainText(body)
  if (hasPayment(text)) return 'payment'
  return hasContact(text) ? 'contact' : null
}
