/** Whoever delivers SMS. */
export interface SmsPort {
  /**
   * Sends a sign-in code.
   * @param phone E.164
   * @param expiresInSeconds for the text of the message
   * @throws SmsError when it was not accepted for delivery
   */
  sendCode(phone: string, code: string, expiresInSeconds: number): Promise<void>
}

export class SmsError extends Error {
  override readonly name = 'SmsError'
}
