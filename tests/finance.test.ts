import { expect, test, vi } from 'vitest'
import { z } from 'zod'
import { call, expectBody, fieldRefusal, refusal } from './client/api.ts'
import type { Booking } from './client/bookings.ts'
import { payOrder } from './client/checkout.ts'
import { bookOnline, bookPaid, initiate } from './client/paying.ts'
import { type Person, signIn } from './client/people.ts'
import { signInStaff, theAdministrator } from './client/staff.ts'
import { publishTrip } from './client/trips.ts'

const PATH = '/api/v1/admin/finance'
const Accounts = z.object({
  accounts: z.array(z.object({ kind: z.string(), balance: z.number(), owners: z.number().nullable() })),
  sum: z.number(),
})
const Line = z.looseObject({ account: z.string(), ownerId: z.string().nullable(), amount: z.number() })
const Transactions = z.object({
  items: z.array(z.looseObject({ id: z.string(), kind: z.string(), lines: z.array(Line) })),
  nextCursor: z.string().nullable(),
})
const Finding = z.looseObject({ id: z.string(), kind: z.string(), reference: z.string() })
const Findings = z.object({ items: z.array(Finding), nextCursor: z.string().nullable() })

const read = ({ token }: Person, path: string) => call('GET', `${PATH}${path}`, { token })
const accountsOf = async (person: Person) => expectBody(await read(person, '/accounts'), 200, Accounts)
const transactionsOf = async (person: Person, query: string) =>
  expectBody(await read(person, `/transactions?${query}`), 200, Transactions).items

test('a payment is in the ledger: found by its booking and its people, and the accounts add up to nothing', async () => {
  const [trip, passenger, finance] = [
    await publishTrip({ amount: 10_000 }),
    await signIn(),
    await signInStaff('finance'),
  ]
  const booking = await bookPaid(trip, passenger)
  const [capture] = await transactionsOf(finance, `bookingId=${booking.id}`)
  expect(capture).toMatchObject({ kind: 'capture', bookingId: booking.id })
  expect(capture?.lines[0]).toMatchObject({ account: 'passenger', ownerId: passenger.id })
  expect(capture?.lines.reduce((sum, { amount }) => sum + amount, 0)).toBe(0)
  expect((await transactionsOf(finance, `personId=${passenger.id}`)).map(({ id }) => id)).toEqual([capture?.id])
  const { accounts, sum } = await accountsOf(finance)
  expect(sum).toBe(0)
  expect(accounts.map(({ kind }) => kind)).toHaveLength(9)
  expect(accounts.find(({ kind }) => kind === 'passenger')?.owners).toBeGreaterThan(0)
  expect(await transactionsOf(finance, `bookingId=${crypto.randomUUID()}`)).toEqual([])
})

/** What is found about a payment of a booking that was not paid as ordered. */
async function mismatch(
  passenger: Person,
  booking: Booking,
  finance: Person,
): Promise<z.infer<typeof Finding>> {
  const { gatewayOrderId } = await initiate(passenger, booking)
  const { payment } = await payOrder(gatewayOrderId, { amount: 100 })
  return vi.waitFor(
    async () => {
      const { items } = expectBody(await read(finance, '/findings?limit=100'), 200, Findings)
      const found = items.find(({ reference }) => reference === payment.id)
      if (!found) throw new Error('nothing was found')
      return found
    },
    { timeout: 20_000, interval: 200 },
  )
}

test('a payment of another amount is found, and what came of it is written down once', async () => {
  const [trip, passenger, finance] = [await publishTrip(), await signIn(), await signInStaff('finance')]
  const finding = await mismatch(passenger, await bookOnline(trip, passenger), finance)
  expect(finding.kind).toBe('payment_mismatch')
  const resolve = ({ token }: Person, id: string, body: object) =>
    call('POST', `${PATH}/findings/${id}/resolve`, { token, body })
  expect(await resolve(finance, finding.id, {})).toMatchObject(fieldRefusal('note'))
  expect(await resolve(finance, crypto.randomUUID(), { note: 'x' })).toMatchObject(refusal(404, 'not_found'))
  const other = await signInStaff('finance')
  const tries = await Promise.all(
    [finance, other].map((person) => resolve(person, finding.id, { note: 'Ours' })),
  )
  expect(tries.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
  expect(tries.find(({ status }) => status === 409)).toMatchObject(refusal(409, 'finding_resolved'))
  expect(tries.find(({ status }) => status === 200)?.body).toMatchObject({ id: finding.id, note: 'Ours' })
  const { token } = await theAdministrator()
  expect((await call('GET', `/api/v1/admin/audit-events?subject=${finding.id}`, { token })).body).toMatchObject(
    {
      items: [{ action: 'finding.resolve', details: { kind: 'payment_mismatch' } }],
    },
  )
})

test('nothing of it is for anybody but the finance staff', async () => {
  const [passenger, operator, finance] = [
    await signIn(),
    await signInStaff('operator'),
    await signInStaff('finance'),
  ]
  const forbidden = refusal(403, 'forbidden')
  for (const person of [passenger, operator]) {
    for (const path of ['/accounts', '/findings', '/transactions', '/webhooks'])
      expect(await read(person, path), path).toMatchObject(forbidden)
    const { token } = person
    const resolve = `${PATH}/findings/${crypto.randomUUID()}/resolve`
    expect(await call('POST', resolve, { token, body: { note: 'x' } })).toMatchObject(forbidden)
    expect(await call('POST', `${PATH}/webhooks/evt_1/retry`, { token })).toMatchObject(forbidden)
  }
  const { token } = finance
  expect((await read(finance, '/webhooks?state=failed')).status).toBe(200)
  for (const id of ['evt_none', 'x%20y'])
    expect(await call('POST', `${PATH}/webhooks/${id}/retry`, { token })).toMatchObject(
      refusal(404, 'not_found'),
    )
  for (const path of ['/findings', '/transactions', '/webhooks'])
    expect(await read(finance, `${path}?cursor=%25`), path).toMatchObject(refusal(422, 'invalid_cursor'))
  expect(await read(finance, '/findings?state=lost')).toMatchObject(fieldRefusal('state'))
  expect(await read(finance, '/transactions?personId=me')).toMatchObject(fieldRefusal('personId'))
})
