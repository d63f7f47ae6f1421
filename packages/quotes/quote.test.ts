import { expect, test } from 'vitest'
import { uuidv7 } from '#packages/ids/uuid.ts'
import { openQuote, QUOTE_SECONDS, type Quote, signQuote } from './quote.ts'

const key = new Uint8Array(32).fill(7)
const now = Date.UTC(2026, 10, 22)
const quote: Quote = {
  id: uuidv7(),
  passengerId: uuidv7(),
  rideId: uuidv7(),
  departsAt: now + 3600_000,
  seats: 2,
  legFrom: 0,
  legTo: 2,
  pickup: { lat: 12.97, lng: 77.59, at: now },
  dropoff: { lat: 12.3, lng: 76.65, at: now },
  fareAmount: 50_000,
  currency: 'INR',
}

test('a quote comes back as it was signed, and says when', async () => {
  const opened = await openQuote(key, await signQuote(key, quote, now + 1), quote.passengerId, now + 2000)
  expect(opened).toEqual({ ...quote, issuedAt: now + 1 })
})

test('it is good to its last second and expired after it', async () => {
  const token = await signQuote(key, quote, now)
  const end = now + QUOTE_SECONDS * 1000
  await expect(openQuote(key, token, quote.passengerId, end - 1000)).resolves.toBeDefined()
  await expect(openQuote(key, token, quote.passengerId, end)).rejects.toMatchObject({ code: 'quote_expired' })
})

test('a changed fare, another key and another passenger are refused', async () => {
  const token = await signQuote(key, quote, now)
  const [head, , signature] = token.split('.')
  const cheaper = Buffer.from(JSON.stringify({ ...quote, fareAmount: 1 })).toString('base64url')
  const refused = { code: 'quote_invalid' }
  await expect(openQuote(key, `${head}.${cheaper}.${signature}`, quote.passengerId, now)).rejects.toMatchObject(
    refused,
  )
  await expect(
    openQuote(
      key.map(() => 8),
      token,
      quote.passengerId,
      now,
    ),
  ).rejects.toMatchObject(refused)
  await expect(openQuote(key, token, uuidv7(), now)).rejects.toMatchObject(refused)
  await expect(openQuote(key, 'nonsense', quote.passengerId, now)).rejects.toMatchObject(refused)
})
