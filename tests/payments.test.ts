import { expect, test } from 'vitest'
import { z } from 'zod'
import { type ApiReply, call, expectBody, fieldRefusal, refusal } from './client/api.ts'
import { actOn, book, readBooking } from './client/bookings.ts'
import { addRule, clearRules, declineOrder, gatewayBooks, payOrder } from './client/checkout.ts'
import { bookOnline, bookPaid, initiate, pay } from './client/paying.ts'
import { type Person, signIn, signInDriver } from './client/people.ts'
import { signInStaff } from './client/staff.ts'
import { publishTrip } from './client/trips.ts'

const Details = z.looseObject({
  payments: z.array(
    z.looseObject({ id: z.string(), state: z.string(), refunded: z.looseObject({ amount: z.number() }) }),
  ),
  refunds: z.array(z.looseObject({ state: z.string(), amount: z.looseObject({ amount: z.number() }) })),
  receipts: z.array(z.looseObject({ number: z.string(), kind: z.string() })),
})
const Payments = z.looseObject({ isPaid: z.boolean(), details: Details })
/** The gateway tells of things behind the reply. */
const soon = { timeout: 10_000 }

const paymentsOf = async ({ token }: Person, id: string) =>
  expectBody(await call('GET', `/api/v1/payments/${id}`, { token }), 200, Payments)
const verify = ({ token }: Person, body: object): Promise<ApiReply> =>
  call('POST', '/api/v1/payments/verify', { token, body })
const giveBack = (
  { token }: Person,
  paymentId: string,
  amount: number,
  more: object = {},
  headers: Record<string, string> = {},
) =>
  call('POST', '/api/v1/payments/refund', {
    ...{ token, headers },
    body: {
      paymentId,
      amount: { amount, currency: 'INR' },
      reason: 'The car was late',
      bearer: 'platform',
      ...more,
    },
  })

test('what a booking costs is paid at the checkout, verified, and receipted', async () => {
  const [trip, passenger] = await Promise.all([publishTrip({ bookingMode: 'instant' }), signIn()])
  const booking = await bookOnline(trip, passenger)
  expect(booking.state).toBe('unpaid')
  const order = await initiate(passenger, booking)
  expect(order).toMatchObject({ gateway: 'razorpay', keyId: expect.stringMatching(/^rzp_/) })
  expect(await initiate(passenger, booking)).toEqual(order)
  const { checkout } = await payOrder(order.gatewayOrderId)
  const reply = await verify(passenger, { orderId: order.orderId, ...checkout })
  expect(reply).toMatchObject({ status: 200, body: { bookingId: booking.id, isPaid: true } })
  expect(await readBooking(booking, passenger)).toMatchObject({ state: 'confirmed' })
  expect(await paymentsOf(passenger, booking.id)).toMatchObject({
    details: { payments: [{ state: 'captured', isSurplus: false }], receipts: [{ kind: 'receipt' }] },
  })
})

test('a bank’s no leaves the booking unpaid and the order open', async () => {
  const [trip, passenger] = await Promise.all([publishTrip({ bookingMode: 'approval' }), signIn()])
  const booking = await bookOnline(trip, passenger)
  const { gatewayOrderId } = await initiate(passenger, booking)
  await declineOrder(gatewayOrderId)
  await expect
    .poll(async () => (await paymentsOf(passenger, booking.id)).details.payments, soon)
    .toMatchObject([{ state: 'failed', failure: expect.stringContaining('declined') }])
  expect(await readBooking(booking, passenger)).toMatchObject({ state: 'unpaid' })
  await pay(passenger, booking)
  expect(await readBooking(booking, passenger)).toMatchObject({ state: 'pending' })
})

test('who never comes back from the checkout is confirmed by the webhook', async () => {
  const [trip, passenger] = await Promise.all([publishTrip({ bookingMode: 'instant' }), signIn()])
  const booking = await bookOnline(trip, passenger)
  await payOrder((await initiate(passenger, booking)).gatewayOrderId)
  await expect.poll(async () => (await readBooking(booking, passenger)).state, soon).toBe('confirmed')
})

test('a cancellation gives back what its policy says, by itself', async () => {
  const [trip, passenger] = await Promise.all([publishTrip({ bookingMode: 'approval' }), signIn()])
  const booking = await bookPaid(trip, passenger)
  expect((await actOn(booking, trip.driver, 'reject')).status).toBe(200)
  await expect
    .poll(async () => (await paymentsOf(passenger, booking.id)).details.refunds, soon)
    .toMatchObject([{ state: 'processed', cause: 'ending' }])
  const { details } = await paymentsOf(passenger, booking.id)
  expect(details.payments[0]).toMatchObject({
    amount: details.refunds[0]?.amount,
    refunded: details.refunds[0]?.amount,
  })
  expect(details.receipts.map(({ kind }) => kind).toSorted()).toEqual(['credit_note', 'receipt'])
})

test('the finance staff gives parts back, once for each key, and never more than came in', async () => {
  const [trip, passenger, finance] = await Promise.all([
    publishTrip({ bookingMode: 'instant' }),
    signIn(),
    signInStaff('finance'),
  ])
  const booking = await bookPaid(trip, passenger)
  const [payment] = (await paymentsOf(finance, booking.id)).details.payments
  const [id, paid] = [
    payment?.id ?? '',
    z.looseObject({ amount: z.number() }).parse(payment?.['amount']).amount,
  ]
  const key = { 'idempotency-key': crypto.randomUUID() }
  const given = await giveBack(finance, id, 1_000, {}, key)
  expect(given).toMatchObject({ status: 201, body: { state: 'requested', cause: 'goodwill' } })
  expect((await giveBack(finance, id, 1_000, {}, key)).body).toEqual(given.body)
  expect(await giveBack(finance, id, 2_000, {}, key)).toMatchObject(refusal(422, 'idempotency_mismatch'))
  expect(await giveBack(finance, id, paid - 999)).toMatchObject(refusal(409, 'refund_exceeds_payment'))
  expect(await giveBack(finance, id, 500, { bearer: 'driver' })).toMatchObject(refusal(409, 'balance_too_low'))
  expect(await giveBack(finance, id, 0)).toMatchObject(fieldRefusal('amount'))
  expect(await giveBack(finance, crypto.randomUUID(), 1)).toMatchObject(refusal(404, 'not_found'))
  await expect
    .poll(async () => (await paymentsOf(passenger, booking.id)).details.refunds, soon)
    .toMatchObject([{ state: 'processed', cause: 'goodwill', amount: { amount: 1_000 } }])
  // The same at the gateway, and of this payment nothing else.
  const { refunds } = await gatewayBooks()
  const mine = await paymentsOf(finance, booking.id)
  expect(
    refunds.filter(({ receipt }) => mine.details.refunds.some((refund) => refund['id'] === receipt)),
  ).toHaveLength(1)
})

test('what cannot be paid is refused, and says why', async () => {
  const [trip, passenger] = await Promise.all([publishTrip({ bookingMode: 'instant', seats: 4 }), signIn()])
  const inCash = await book(trip, await signIn())
  const booking = await bookPaid(trip, passenger)
  const initiating = ({ token }: Person, body: object) =>
    call('POST', '/api/v1/payments/initiate', { token, body })
  expect(await initiating(passenger, { bookingId: booking.id })).toMatchObject(
    refusal(409, 'booking_not_unpaid'),
  )
  expect(await initiating(passenger, { bookingId: booking.id, amount: 1 })).toMatchObject(
    refusal(422, 'invalid_fields'),
  )
  expect(await initiating(passenger, { bookingId: inCash.id })).toMatchObject(refusal(404, 'not_found'))
})

test('a checkout that the gateway has not signed, or for something else, pays nothing', async () => {
  const [trip, passenger] = await Promise.all([publishTrip({ bookingMode: 'instant', seats: 4 }), signIn()])
  const other = await signIn()
  const [booking, theirs] = [await bookOnline(trip, passenger), await bookOnline(trip, other)]
  const [order, otherOrder] = [await initiate(passenger, booking), await initiate(other, theirs)]
  const { checkout } = await payOrder(otherOrder.gatewayOrderId)
  const mine = { orderId: order.orderId, ...checkout }
  const { razorpay_order_id: _, ...withoutOrder } = mine
  expect(await verify(passenger, mine)).toMatchObject(
    fieldRefusal('razorpay_signature', 'payment_signature_invalid'),
  )
  expect(await verify(passenger, withoutOrder)).toMatchObject(refusal(422, 'payment_signature_invalid'))
  expect(await verify(passenger, { ...mine, orderId: otherOrder.orderId })).toMatchObject(
    refusal(404, 'not_found'),
  )
  expect(await readBooking(booking, passenger)).toMatchObject({ state: 'unpaid' })
  expect((await paymentsOf(passenger, booking.id)).details.payments).toEqual([])
})

test('another amount than ordered is nothing that was ordered', async () => {
  const [trip, passenger] = await Promise.all([publishTrip({ bookingMode: 'instant' }), signIn()])
  const booking = await bookOnline(trip, passenger)
  const { orderId, gatewayOrderId } = await initiate(passenger, booking)
  const { checkout } = await payOrder(gatewayOrderId, { amount: 100 })
  expect(await verify(passenger, { orderId, ...checkout })).toMatchObject(refusal(409, 'payment_mismatch'))
  expect(await readBooking(booking, passenger)).toMatchObject({ state: 'unpaid' })
})

test('while the gateway is silent a payment is being processed, and nothing is paid twice', async () => {
  const [trip, passenger] = await Promise.all([publishTrip({ bookingMode: 'instant' }), signIn()])
  const booking = await bookOnline(trip, passenger)
  try {
    await addRule({ call: 'create_order', mode: 'error' })
    const { token } = passenger
    const silent = await call('POST', '/api/v1/payments/initiate', { token, body: { bookingId: booking.id } })
    expect(silent).toMatchObject(refusal(503, 'payment_gateway_unavailable'))
    expect(Number(silent.headers.get('retry-after'))).toBeGreaterThan(0)
    const { orderId, gatewayOrderId } = await initiate(passenger, booking)
    for (const event of ['payment.authorized', 'payment.captured', 'order.paid'])
      await addRule({ webhook: 'lose', event, about: gatewayOrderId })
    const { checkout, payment } = await payOrder(gatewayOrderId)
    await addRule({ call: 'read_payment', mode: 'garbage', about: payment.id })
    const body = { orderId, ...checkout }
    expect(await verify(passenger, body)).toMatchObject({ status: 202, body: { orderId, state: 'processing' } })
    expect(await verify(passenger, body)).toMatchObject({ status: 200, body: { isPaid: true } })
  } finally {
    await clearRules()
  }
})

test('what nobody has signed is not heard, however it is sent', async () => {
  const send = (rawBody: string, headers: Record<string, string>) =>
    call('POST', '/api/v1/payments/webhook', { rawBody, headers })
  const body = '{"event":"payment.captured"}'
  const unsigned = refusal(401, 'webhook_signature_invalid')
  expect(await send(body, {})).toMatchObject(unsigned)
  expect(
    await send(body, { 'x-razorpay-signature': '0'.repeat(64), 'x-razorpay-event-id': 'evt_1' }),
  ).toMatchObject(unsigned)
  expect(await send('', { 'content-type': 'text/plain' })).toMatchObject(unsigned)
  expect(await send('x'.repeat(70_000), { 'x-razorpay-signature': '0' })).toMatchObject(
    refusal(413, 'body_too_large'),
  )
})

test('a stranger sees nothing, and the driver only that it is paid', async () => {
  const [trip, passenger, stranger] = await Promise.all([
    publishTrip({ bookingMode: 'instant' }),
    signIn(),
    signInDriver(),
  ])
  const booking = await bookOnline(trip, passenger)
  const order = await initiate(passenger, booking)
  const { checkout, payment } = await payOrder(order.gatewayOrderId)
  const read = ({ token }: Person) => call('GET', `/api/v1/payments/${booking.id}`, { token })
  const missing = refusal(404, 'not_found')
  expect(await read(stranger)).toMatchObject(missing)
  expect(await read(await signInStaff('operator'))).toMatchObject(missing)
  expect(await verify(stranger, { orderId: order.orderId, ...checkout })).toMatchObject(missing)
  const initiating = { token: stranger.token, body: { bookingId: booking.id } }
  expect(await call('POST', '/api/v1/payments/initiate', initiating)).toMatchObject(missing)
  for (const person of [stranger, passenger, trip.driver])
    expect(await giveBack(person, crypto.randomUUID(), 1)).toMatchObject(refusal(403, 'forbidden'))
  await verify(passenger, { orderId: order.orderId, ...checkout })
  const seen = await read(trip.driver)
  expect(seen.body).toEqual({ bookingId: booking.id, isPaid: true, details: null })
  expect(JSON.stringify((await read(passenger)).body)).not.toContain(payment.id)
})
