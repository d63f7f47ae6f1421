import type { Language } from './languages.ts'

/** What we write to people beside codes. Each is a text registered with the operators (DLT), one for each language. */
export const SMS_TEMPLATES = [
  'document_expiring',
  'document_rejected',
  'sos_raised',
  'sos_resolved',
  'ride_cancelled',
] as const
export type SmsTemplate = (typeof SMS_TEMPLATES)[number]

/** A registered text with what is filled in. */
export interface SmsText {
  template: SmsTemplate
  /**
   * By the names in the registered text: `document` and `days`; `document` and `reason`; of an SOS `name`, and where it was
   * raised `link1` and `link2`, which follow the address of the page (`https://…/s/`); of a ride `from`, `to` and `time`. Cut at 30 characters each.
   */
  values: Record<string, string>
  language: Language
}

/** Whoever delivers SMS. */
export interface SmsPort {
  /**
   * Sends a code.
   * @param phone E.164
   * @param expiresInSeconds for the text of the message
   * @throws SmsError when it was not accepted for delivery
   */
  sendCode(phone: string, code: string, expiresInSeconds: number, language: Language): Promise<void>
  /**
   * Sends a registered text, in English where it is not registered in the language.
   * @param phone E.164
   * @throws SmsError when it was not accepted for delivery, or is registered in neither language
   */
  sendText(phone: string, text: SmsText): Promise<void>
}

export class SmsError extends Error {
  override readonly name = 'SmsError'
}
