import { errors, jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'
import { Problem } from '#packages/errors/problem.ts'

/** How long a quote can be booked, in seconds. */
export const QUOTE_SECONDS = 600
const ALGORITHM = 'HS256'
const TOKEN_TYPE = 'quote+jwt'

const Place = z.object({ lat: z.number(), lng: z.number(), at: z.int() })

/** An offer: these seats on these legs of this ride, for this fare, to this passenger. */
export const Quote = z.object({
  id: z.uuid(),
  passengerId: z.uuid(),
  rideId: z.uuid(),
  departsAt: z.int(),
  seats: z.int().min(1),
  legFrom: z.int().min(0),
  legTo: z.int().min(1),
  pickup: Place,
  dropoff: Place,
  /** Minor units, for all seats. */
  fareAmount: z.int().min(0),
  currency: z.literal('INR'),
})
export type Quote = z.infer<typeof Quote>

/**
 * A quote as it is brought back. What the quote leaves open, such as the cancellation policy, is as it was when the quote was made.
 */
export const OpenQuote = Quote.extend({ issuedAt: z.int() })
export type OpenQuote = z.infer<typeof OpenQuote>

/**
 * Signs a quote (JWS, HS256), so that the client can bring it back but not change it. Expires after QUOTE_SECONDS.
 * @param now Unix milliseconds
 */
export function signQuote(key: Uint8Array, { id, passengerId, ...offer }: Quote, now: number): Promise<string> {
  return new SignJWT({ ...offer, issuedAt: now })
    .setProtectedHeader({ alg: ALGORITHM, typ: TOKEN_TYPE })
    .setJti(id)
    .setSubject(passengerId)
    .setExpirationTime(Math.floor(now / 1000) + QUOTE_SECONDS)
    .sign(key)
}

/** Reads a quote that this passenger brings back. Throws `quote_expired`, or `quote_invalid` for anything not ours. */
export async function openQuote(
  key: Uint8Array,
  token: string,
  passengerId: string,
  now: number,
): Promise<OpenQuote> {
  try {
    const options = {
      algorithms: [ALGORITHM],
      typ: TOKEN_TYPE,
      subject: passengerId,
      currentDate: new Date(now),
    }
    const { payload } = await jwtVerify(token, key, options)
    return OpenQuote.parse({ ...payload, id: payload.jti, passengerId: payload.sub })
  } catch (cause) {
    throw new Problem(cause instanceof errors.JWTExpired ? 'quote_expired' : 'quote_invalid', { cause })
  }
}
