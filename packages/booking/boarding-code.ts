export const BOARDING_CODE_DIGITS = 4
/** Shorter secrets could be found by trying. */
export const MIN_SECRET_LENGTH = 16
const CODES = 10 ** BOARDING_CODE_DIGITS

/**
 * The code that a passenger tells the driver: four digits, derived from the booking with HMAC-SHA-256, so nothing is stored.
 * The first 32 bits modulo 10,000, without rejection: 2³² / 10,000 ≈ 429,496.7, so the likeliest and the least likely
 * code differ by one part in 429,496. Guessing is stopped by the limit on attempts, not by these digits.
 * @throws RangeError for a secret of fewer than 16 characters
 */
export async function boardingCode(secret: string, bookingId: string): Promise<string> {
  if (secret.length < MIN_SECRET_LENGTH)
    throw new RangeError(`the secret needs ${MIN_SECRET_LENGTH} characters`)
  const encoder = new TextEncoder()
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', encoder.encode(secret), algorithm, false, ['sign'])
  // The prefix keeps these codes apart from other uses of the secret.
  const mac = await crypto.subtle.sign('HMAC', key, encoder.encode(`boarding-code/1:${bookingId}`))
  return String(new DataView(mac).getUint32(0) % CODES).padStart(BOARDING_CODE_DIGITS, '0')
}
