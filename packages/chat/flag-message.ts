import { hasContact } from './find-contact.ts'
import { hasPayment } from './find-payment.ts'
import { plainText } from './plain-text.ts'

/** Why a message is shown with a warning and looked at by moderators. */
/** Why a message is shown with a warning and looked at by moderators. */
export const messageFlags = ['contact', 'payment'] as const
export type MessageFlag = (typeof messageFlags)[number]

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
