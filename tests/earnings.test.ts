import { expect, test } from 'vitest'
import { z } from 'zod'
import { call, expectBody, fieldRefusal, refusal } from './client/api.ts'
import { actOn, book, readBooking } from './client/bookings.ts'
import { bookPaid } from './client/paying.ts'
import { type Person, signIn, signInDriver } from './client/people.ts'
import { signInStaff } from './client/staff.ts'
import { moveRide, publishTrip } from './client/trips.ts'

const rupees = (amount: number) => ({ amount, currency: 'INR' })
const Fare = z.looseObject({ fare: z.object({ amount: z.number() }) })
const Lines = z.looseObject({ lines: z.array(z.looseObject({ amount: z.object({ amount: z.number() }) })) })
const today = () => new Date(Date.now() + 5.5 * 3600_000).toISOString().slice(0, 10)
const thisMonth = () => today().slice(0, 7)

const calculate = (driver: Person, body: object) =>
  call('POST', '/api/v1/earnings/calculate', { token: driver.token, body })
const earnings = (driver: Person, query = '', asker = driver) =>
  call('GET', `/api/v1/earnings/driver/${driver.id}${query}`, { token: asker.token })
const statement = (driver: Person, month: string, query = '', asker = driver) =>
  call('GET', `/api/v1/earnings/driver/${driver.id}/statements/${month}${query}`, { token: asker.token })
const balance = (person: Person) => call('GET', '/api/v1/earnings/balance', { token: person.token })

/** A ride with one passenger, who pays in the car, driven to its end. */
async function drivenTrip() {
  const trip = await publishTrip()
  const passenger = await signIn()
  const booking = await book(trip, passenger, { seats: 2 })
  const { fare } = Fare.parse(await readBooking(booking, passenger))
  const expected = await calculate(trip.driver, { rideId: trip.rideId })
  await moveRide(trip, 'start')
  await actOn(booking, trip.driver, 'board', booking.boardingCode ?? '')
  expect((await moveRide(trip, 'complete')).status).toBe(200)
  return { ...trip, passenger, booking, fare: fare.amount, expected }
}

test('what a seat would pay: the fare, the fee and its tax, and what reaches the wallet when', async () => {
  const driver = await signInDriver()
  expect(await calculate(driver, { fare: rupees(25_000), seats: 2 })).toMatchObject({
    status: 200,
    body: {
      ...{ rideId: null, paid: rupees(52_950), wallet: rupees(50_000), cash: rupees(0), heldFor: 86_400 },
      lines: [
        { item: 'fare', to: 'driver', amount: rupees(50_000) },
        { item: 'fee', to: 'platform', amount: rupees(2_500) },
        { item: 'tax', to: 'state', amount: rupees(450) },
      ],
      bookings: [{ bookingId: null, state: null, seats: 2, payWith: 'online', paid: rupees(52_950) }],
    },
  })
  expect(await calculate(driver, { fare: rupees(25_000), payWith: 'cash' })).toMatchObject({
    body: { paid: rupees(25_000), wallet: rupees(0), cash: rupees(25_000), availableAt: null },
  })
})

test('what a ride pays is what it paid: cash in the car, which no wallet has', async () => {
  const { driver, rideId, booking, fare, expected } = await drivenTrip()
  const paid = { rideId, paid: rupees(fare), wallet: rupees(0), cash: rupees(fare), availableAt: null }
  const one = { bookingId: booking.id, seats: 2, payWith: 'cash', paid: rupees(fare) }
  expect(expected).toMatchObject({ status: 200, body: { ...paid, bookings: [{ ...one, state: 'confirmed' }] } })
  expect(await calculate(driver, { rideId })).toMatchObject({
    body: { ...paid, bookings: [{ ...one, state: 'completed' }] },
  })
  for (const by of ['day', 'week', 'month'])
    expect(await earnings(driver, `?by=${by}`)).toMatchObject({
      status: 200,
      body: {
        items: [
          {
            ...{ online: rupees(0), cash: rupees(fare), total: rupees(fare), rideCount: 1 },
            rides: [{ ride: { id: rideId, from: 'Stop 0', to: 'Stop 3' }, bookings: 1, cash: rupees(fare) }],
          },
        ],
        nextCursor: null,
      },
    })
  expect(await earnings(driver, `?from=${today()}&to=${today()}`)).toMatchObject({
    body: { items: [{ rideCount: 1 }] },
  })
  expect(await earnings(driver, '?to=2026-01-01')).toMatchObject({ status: 200, body: { items: [] } })
  expect(await balance(driver)).toMatchObject({
    status: 200,
    body: { balance: rupees(0), held: rupees(0), withdrawable: rupees(0), nextRelease: null },
  })
})

test('what is paid online reaches the wallet with the end of the ride, and is held for a day', async () => {
  const trip = await publishTrip({ amount: 20_000 })
  const { driver, rideId } = trip
  const [passenger, absent] = [await signIn(), await signIn()]
  const [rides, stays] = [await bookPaid(trip, passenger), await bookPaid(trip, absent, { to: 2 })]
  const [fare, kept] = await Promise.all(
    [readBooking(rides, passenger), readBooking(stays, absent)].map(
      async (read) => Fare.parse(await read).fare.amount,
    ),
  )
  if (fare === undefined || kept === undefined) throw new Error('no fares')
  const both = {
    wallet: rupees(fare + kept),
    cash: rupees(0),
    lines: [{ to: 'driver' }, { to: 'platform' }, { to: 'state' }],
  }
  expect(await calculate(driver, { rideId })).toMatchObject({
    body: {
      ...both,
      availableAt: expect.any(String),
      bookings: [{ payWith: 'online' }, { payWith: 'online' }],
    },
  })
  expect(await balance(driver)).toMatchObject({ body: { balance: rupees(0) } })

  await moveRide(trip, 'start')
  const { boardingCode } = await readBooking(rides, passenger)
  await actOn(rides, driver, 'board', boardingCode ?? '')
  await actOn(stays, driver, 'absent')
  await moveRide(trip, 'complete')
  await expect
    .poll(async () => (await balance(driver)).body, { timeout: 15_000 })
    .toMatchObject({ balance: rupees(fare + kept), held: rupees(fare + kept), withdrawable: rupees(0) })
  expect(await calculate(driver, { rideId })).toMatchObject({ body: both })
  expect(await earnings(driver, '?by=month')).toMatchObject({
    body: {
      items: [
        {
          ...{ online: rupees(fare), cancellations: rupees(kept), total: rupees(fare + kept), rideCount: 1 },
          rides: [{ ride: { id: rideId }, bookings: 2 }],
        },
      ],
    },
  })
  const { lines, ...ends } = expectBody(await statement(driver, thisMonth()), 200, Lines)
  expect(ends).toMatchObject({ opening: rupees(0), closing: rupees(fare + kept) })
  expect(lines.map(({ amount }) => amount.amount).toSorted((a, b) => a - b)).toEqual([kept, fare])
  expect((await statement(driver, thisMonth(), '?format=html')).body).toContain('Kept of a cancellation')
})

test('a request that waits is shown and not counted', async () => {
  const trip = await publishTrip({ bookingMode: 'approval' })
  const booking = await book(trip, await signIn())
  expect(await calculate(trip.driver, { rideId: trip.rideId })).toMatchObject({
    status: 200,
    body: { paid: rupees(0), lines: [], bookings: [{ bookingId: booking.id, state: 'pending' }] },
  })
  await actOn(booking, trip.driver, 'reject')
  expect(await calculate(trip.driver, { rideId: trip.rideId })).toMatchObject({ body: { bookings: [] } })
})

test('a statement is data, a table to save, or a page without script', async () => {
  const driver = await signInDriver('<b>Asha</b>')
  expect(await statement(driver, thisMonth())).toMatchObject({
    status: 200,
    body: {
      ...{ month: thisMonth(), driver: { id: driver.id, name: '<b>Asha</b>' } },
      ...{ opening: rupees(0), lines: [], closing: rupees(0) },
    },
  })
  const table = await statement(driver, thisMonth(), '?format=csv')
  expect(table.headers.get('content-type')).toMatch(/^text\/csv; charset=utf-8/)
  expect(table.headers.get('content-disposition')).toBe(
    `attachment; filename="margwa-statement-${thisMonth()}.csv"`,
  )
  expect(table.body).toMatch(/^Date,Time,What,.+\r\n.+,Opening balance,.+\r\n.+,Closing balance,.+\r\n$/)
  const page = await statement(driver, thisMonth(), '?format=html')
  expect(page.headers.get('content-type')).toMatch(/^text\/html/)
  const policy = page.headers.get('content-security-policy')
  expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'; base-uri 'none'/)
  expect(page.body).toContain('&lt;b&gt;Asha&lt;/b&gt;')
  expect(page.body).not.toMatch(/<b>|<script/)
})

test('the finance staff sees what a driver earns, and nobody else does', async () => {
  const { driver, passenger } = await drivenTrip()
  const finance = await signInStaff('finance')
  expect(await earnings(driver, '', finance)).toMatchObject({
    status: 200,
    body: { items: [{ rideCount: 1 }] },
  })
  expect(await statement(driver, thisMonth(), '', finance)).toMatchObject({ status: 200 })
  for (const stranger of [passenger, await signInDriver(), await signInStaff('reviewer')]) {
    expect(await earnings(driver, '', stranger)).toMatchObject(refusal(404, 'not_found'))
    for (const format of ['json', 'csv', 'html'])
      expect(await statement(driver, thisMonth(), `?format=${format}`, stranger)).toMatchObject(
        refusal(404, 'not_found'),
      )
  }
  const administrator = await signInStaff('administrator')
  const trail = await call('GET', `/api/v1/admin/audit-events?subject=${driver.id}`, {
    token: administrator.token,
  })
  expect(trail).toMatchObject({ status: 200 })
  expect(JSON.stringify(trail.body).match(/earnings\.view/g)).toHaveLength(2)
})

test('another driver’s ride is not there, and who drives nothing has no wallet', async () => {
  const trip = await publishTrip()
  expect(await calculate(await signInDriver(), { rideId: trip.rideId })).toMatchObject(
    refusal(404, 'not_found'),
  )
  const passenger = await signIn()
  expect(await calculate(passenger, { rideId: trip.rideId })).toMatchObject(
    refusal(403, 'driver_profile_required'),
  )
  expect(await balance(passenger)).toMatchObject(refusal(403, 'driver_profile_required'))
  expect(await earnings(passenger)).toMatchObject({ status: 200, body: { items: [], nextCursor: null } })
  expect(await statement(passenger, thisMonth())).toMatchObject(refusal(404, 'not_found'))
})

test.each([
  ['rideId', {}],
  ['rideId', { rideId: crypto.randomUUID(), fare: rupees(1) }],
  ['rideId', { rideId: crypto.randomUUID(), seats: 1 }],
  ['rideId', { seats: 2 }],
  ['fare.amount', { fare: rupees(-1) }],
  ['fare.amount', { fare: rupees(1e15) }],
  ['fare.currency', { fare: { amount: 1, currency: 'USD' } }],
  ['seats', { fare: rupees(1), seats: 9 }],
  ['payWith', { fare: rupees(1), payWith: 'gold' }],
])('a question with a wrong %s is refused (case %#)', async (field, body) => {
  expect(await calculate(await signInDriver(), body)).toMatchObject(fieldRefusal(field))
})

test.each([
  ['by', '?by=year'],
  ['from', '?from=2026-13-01'],
  ['to', '?from=2026-02-01&to=2026-01-31'],
  ['limit', '?limit=101'],
])('a wrong %s of earnings is refused (case %#)', async (field, query) => {
  expect(await earnings(await signInDriver(), query)).toMatchObject(fieldRefusal(field))
})

test('a cursor of other periods is none, and there is no month 13', async () => {
  const driver = await signInDriver()
  const cursor = (text: string) => `?by=week&cursor=${Buffer.from(text).toString('base64url')}`
  for (const text of ['day 2026-11-23', 'week', 'week 2026-02-30', ''])
    expect(await earnings(driver, cursor(text))).toMatchObject(refusal(422, 'invalid_cursor'))
  expect(expectBody(await earnings(driver, cursor('week 2026-11-23')), 200, z.looseObject({}))).toMatchObject({
    items: [],
  })
  for (const month of ['2026-13', '2026-00', '1999-01', '2026-1'])
    expect(await statement(driver, month)).toMatchObject(refusal(404, 'not_found'))
  expect(await statement(driver, thisMonth(), '?format=pdf')).toMatchObject(fieldRefusal('format'))
})
