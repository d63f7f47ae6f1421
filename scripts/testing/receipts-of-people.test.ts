import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { saveProfile } from '../../db/queries/auth/profile.ts'
import { openApp } from './open-app.ts'
import { newPerson } from './open-world.ts'
import { giveBack, newStaff, paidBooking, payFor } from './paid-booking.ts'

const { db, ask } = await openApp()
// Sessions end an hour after they began.
const now = new Date()
const List = z.object({
  items: z.array(z.looseObject({ bookingId: z.string() })),
  nextCursor: z.string().nullable(),
})
const notThere = { status: 404, code: 'not_found' }
const money = (amount: number) => ({ amount, currency: 'INR' })

test('a passenger has the receipt of what they paid, with what went back', async () => {
  const booking = await paidBooking(db, now)
  const { bookingId, passengerId } = booking
  await saveProfile(db, passengerId, { name: 'Meera Nair' }, now)
  const paymentId = await payFor(db, booking, now)
  const refundIds = [await giveBack(db, paymentId, 10_000, now), await giveBack(db, paymentId, 2_500, now)]
  const { reply, body } = await ask(passengerId, 'GET', `/payments/${bookingId}/receipt`)
  expect(reply.status).toBe(200)
  expect(body).toMatchObject({
    ...{ number: expect.stringMatching(/^MRG\/\d{4}\/\d{7}$/), paymentId, bookingId, passenger: 'Meera Nair' },
    seller: { name: 'Margwa', address: null, gstin: null },
    ride: { from: 'Bengaluru', to: 'Mandya', seats: 1, driver: 'Asha' },
    ...{ fare: money(25_000), fee: money(763), tax: money(137), total: money(25_900) },
    ...{ taxRate: 0.18, sac: '998551', method: 'upi' },
    creditNotes: [
      { refundId: refundIds[0], total: money(10_000), fare: money(10_000), fee: money(0), tax: money(0) },
      { refundId: refundIds[1], total: money(2_500), number: expect.stringMatching(/^MRC\/\d{4}\/\d{7}$/) },
    ],
  })
})

test('a receipt is there for nobody else but the finance staff, and that they read it is on record', async () => {
  const booking = await paidBooking(db, now)
  await payFor(db, booking, now)
  const path = `/payments/${booking.bookingId}/receipt`
  const others = [booking.driverId, await newPerson(db, now), await newStaff(db, 'operator', now)]
  for (const other of others) {
    expect((await ask(other, 'GET', path)).body).toMatchObject(notThere)
    expect((await ask(other, 'GET', '/payments/receipts')).body).toMatchObject({ items: [] })
  }
  const auditor = await newStaff(db, 'finance', now)
  expect((await ask(auditor, 'GET', path)).reply.status).toBe(200)
  const { rows } = await db.execute(
    sql`select actor_id as "actorId", action from audit_events where subject = ${booking.bookingId}`,
  )
  expect(rows).toEqual([{ actorId: auditor, action: 'receipt.view' }])
})

test('without a payment there is none, neither for who made the booking nor for the staff', async () => {
  const { bookingId, passengerId } = await paidBooking(db, now)
  const [path, elsewhere] = [`/payments/${bookingId}/receipt`, `/payments/${crypto.randomUUID()}/receipt`]
  for (const person of [passengerId, await newStaff(db, 'finance', now)])
    for (const each of [path, elsewhere]) expect((await ask(person, 'GET', each)).body).toMatchObject(notThere)
  expect((await ask(passengerId, 'GET', '/payments/none/receipt')).body).toMatchObject(notThere)
  expect((await ask(passengerId, 'GET', `${path}?format=pdf`)).body).toMatchObject({
    ...{ status: 422, code: 'invalid_fields' },
  })
})

test('the page may run, load and send nothing, and names on it are text', async () => {
  const booking = await paidBooking(db, now)
  const hostile = '<script>alert(1)</script><img src=x onerror=alert(1)>'
  await saveProfile(db, booking.passengerId, { name: hostile }, now)
  await payFor(db, booking, now, '<b>cash</b>')
  const path = `/payments/${booking.bookingId}/receipt?format=html`
  const { reply, body } = await ask(booking.passengerId, 'GET', path)
  expect(reply.headers.get('content-type')).toBe('text/html; charset=utf-8')
  const policy = reply.headers.get('content-security-policy') ?? ''
  expect(policy).toMatch(
    /^default-src 'none'; style-src 'sha256-[\w+/]+='; base-uri 'none'; form-action 'none'/,
  )
  expect(policy).not.toMatch(/unsafe|script-src|\*/)
  expect(reply.headers.get('cache-control')).toBe('no-store')
  const page = String(body)
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  expect(page).not.toMatch(/<script|<img|<b>cash/)
  const style = /<style>([\s\S]*)<\/style>/.exec(page)?.[1] ?? ''
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(style))
  expect(policy).toContain(Buffer.from(digest).toString('base64'))
})

test('a list of receipts goes on where its page ended, each once', async () => {
  const first = await paidBooking(db, now)
  await payFor(db, first, now)
  const bookings = [first.bookingId]
  for (let n = 1; n < 5; n++) {
    const more = await paidBooking(db, now)
    await db.execute(sql`update bookings set passenger_id = ${first.passengerId} where id = ${more.bookingId}`)
    await payFor(db, more, new Date(now.getTime() + n))
    bookings.unshift(more.bookingId)
  }
  const seen: string[] = []
  let cursor: string | null = null
  do {
    const query = new URLSearchParams({ limit: '2', ...(cursor !== null && { cursor }) })
    const { body } = await ask(first.passengerId, 'GET', `/payments/receipts?${query.toString()}`)
    const page: z.infer<typeof List> = List.parse(body)
    seen.push(...page.items.map(({ bookingId }) => bookingId))
    cursor = page.nextCursor
  } while (cursor !== null)
  expect(seen).toEqual(bookings)
  expect((await ask(first.passengerId, 'GET', '/payments/receipts?cursor=x')).body).toMatchObject({
    code: 'invalid_cursor',
  })
})
