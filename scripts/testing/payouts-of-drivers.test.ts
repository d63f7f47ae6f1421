import * as fc from 'fast-check'
import { beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { openApp } from './open-app.ts'
import { newDriver, newPerson } from './open-world.ts'
import { ACCOUNT_VARIABLES, openPayoutGateway } from './payouts-gateway.ts'
import { balanceOf, credit, expectBalanced, postedFor } from './payouts-world.ts'

/** Wallets are filled here, since a fare is held for a day before it can be withdrawn. */
const { db, ask } = await openApp(ACCOUNT_VARIABLES)
const { gateway, booked } = openPayoutGateway()

const METHODS = '/earnings/payout-methods'
const Made = z.looseObject({ id: z.string() })
const money = (amount: number) => ({ amount, currency: 'INR' })
let accounts = 0
const account = (more: object = {}) => ({
  ...{
    kind: 'bank',
    accountNumber: String(300_000_000_000 + ++accounts),
    ifsc: 'hdfc0001234',
    name: 'Asha Rao',
  },
  ...more,
})

beforeEach(() => gateway.newPayouts.clear())

/** A driver with so much in the wallet, and where they are paid. */
async function newEarner(balance: number) {
  const { driverId } = await newDriver(db, new Date(), 3)
  if (balance > 0) await credit(db, driverId, balance, new Date())
  const added = await ask(driverId, 'POST', METHODS, account())
  return { driverId, methodId: Made.parse(added.body).id }
}

const withdraw = (
  { driverId, methodId }: { driverId: string; methodId: string },
  amount: number,
  headers: Record<string, string> = {},
) => ask(driverId, 'POST', '/earnings/withdraw', { amount: money(amount), methodId }, headers)

const refusal = (status: number, code: string) => ({ reply: { status }, body: { code } })
const fieldRefusal = (path: string, code: string, message = expect.any(String)) => ({
  body: { code, errors: [{ path, message }] },
})

test('a payout method is added, shown by its end, and removed', async () => {
  const { driverId } = await newDriver(db, new Date(), 3)
  const upi = await ask(driverId, 'POST', METHODS, { kind: 'upi', address: ' Asha.Rao@OKBank ' })
  expect(upi).toMatchObject({ reply: { status: 201 }, body: { kind: 'upi', lastFour: '.rao' } })
  const bank = await ask(driverId, 'POST', METHODS, account({ accountNumber: '000123456789' }))
  expect(bank).toMatchObject({ reply: { status: 201 }, body: { kind: 'bank', lastFour: '6789' } })
  const list = await ask(driverId, 'GET', METHODS)
  expect(list.body).toEqual({ items: [bank.body, upi.body], nextCursor: null })
  expect(JSON.stringify(list.body)).not.toMatch(/0123456789|okbank/)
  const own = `${METHODS}/${Made.parse(bank.body).id}`
  expect((await ask(driverId, 'DELETE', own)).reply.status).toBe(204)
  expect(await ask(driverId, 'DELETE', own)).toMatchObject(refusal(404, 'not_found'))
  expect((await ask(driverId, 'GET', METHODS)).body).toMatchObject({ items: [upi.body] })
  // What was removed may be added again.
  expect((await ask(driverId, 'POST', METHODS, account({ accountNumber: '000123456789' }))).reply.status).toBe(
    201,
  )
})

test.each<[string, object]>([
  ['address', { kind: 'upi' }],
  ['address', { kind: 'upi', address: 'asha@gmail.com' }],
  ['ifsc', { kind: 'upi', address: 'asha@okbank', ifsc: 'HDFC0001234' }],
  ['accountNumber', { kind: 'bank', ifsc: 'HDFC0001234', name: 'Asha Rao' }],
  ['accountNumber', account({ accountNumber: '12345678' })],
  ['ifsc', account({ ifsc: 'HDFC1001234' })],
  ['name', { kind: 'bank', accountNumber: '123456789', ifsc: 'HDFC0001234' }],
  ['name', account({ name: 'आशा राव' })],
  ['address', account({ address: 'asha@okbank' })],
  ['kind', { kind: 'cheque' }],
  ['iban', account({ iban: 'DE00' })],
])('of a method %s is refused where it is missing, wrong or not its own', async (path, body) => {
  const { driverId } = await newDriver(db, new Date(), 3)
  expect(await ask(driverId, 'POST', METHODS, body)).toMatchObject(fieldRefusal(path, 'invalid_fields'))
})

test('one method is added once, and five are the most', async () => {
  const { driverId } = await newDriver(db, new Date(), 3)
  const upi = { kind: 'upi', address: 'asha@okbank' }
  expect((await ask(driverId, 'POST', METHODS, upi)).reply.status).toBe(201)
  const again = { ...upi, address: 'ASHA@okbank', name: 'Asha Devi' }
  expect(await ask(driverId, 'POST', METHODS, again)).toMatchObject(refusal(409, 'payout_method_known'))
  for (let n = 2; n <= 5; n++) expect((await ask(driverId, 'POST', METHODS, account())).reply.status).toBe(201)
  expect(await ask(driverId, 'POST', METHODS, account())).toMatchObject(refusal(409, 'too_many_payout_methods'))
})

test('a withdrawal is taken from the wallet at once and sent behind the reply', async () => {
  const earner = await newEarner(6_000_00)
  gateway.newPayouts.add({ state: 'processing' })
  const made = await withdraw(earner, 5_000_00)
  expect(made).toMatchObject({
    reply: { status: 201 },
    body: {
      amount: money(5_000_00),
      state: 'approved',
      method: { id: earner.methodId, kind: 'bank' },
      failure: null,
    },
  })
  const { id } = Made.parse(made.body)
  expect(booked(id)).toMatchObject([{ amount: 5_000_00, mode: 'IMPS', reference_id: id }])
  const seen = await ask(earner.driverId, 'GET', `/earnings/withdrawals/${id}`)
  expect(seen.body).toMatchObject({ id, state: 'sent' })
  expect((await ask(earner.driverId, 'GET', '/earnings/balance')).body).toMatchObject({
    balance: money(1_000_00),
  })
  expect((await ask(earner.driverId, 'GET', '/earnings/withdrawals')).body).toEqual({
    items: [seen.body],
    nextCursor: null,
  })
  await expectBalanced(db)
})

test('what is not there cannot be withdrawn; how much could be is said', async () => {
  const earner = await newEarner(1_234_50)
  await credit(db, earner.driverId, 9_000_00, new Date(), new Date(Date.now() + 3600_000))
  expect(await withdraw(earner, 1_234_51)).toMatchObject(
    fieldRefusal('amount.amount', 'balance_too_low', '₹1,234.50 can be withdrawn now'),
  )
  expect(await balanceOf(db, earner.driverId)).toBe(10_234_50)
  const poor = await newEarner(0)
  expect(await withdraw(poor, 100_00)).toMatchObject(
    fieldRefusal('amount.amount', 'balance_too_low', '₹0 can be withdrawn now'),
  )
})

test('too little and too much are refused, but all that there is may be little', async () => {
  const earner = await newEarner(150_00)
  const tooLittle = 'At least ₹100, or all that you have'
  const outOfRange = (message: string) => fieldRefusal('amount.amount', 'withdrawal_out_of_range', message)
  expect(await withdraw(earner, 99_99)).toMatchObject(outOfRange(tooLittle))
  expect(await withdraw(earner, 0)).toMatchObject(outOfRange('From ₹1 to ₹5,00,000'))
  expect(await withdraw(earner, 500_000_01)).toMatchObject(outOfRange('From ₹1 to ₹5,00,000'))
  const upi = await ask(earner.driverId, 'POST', METHODS, { kind: 'upi', address: 'asha@okbank' })
  const byUpi = { driverId: earner.driverId, methodId: Made.parse(upi.body).id }
  expect(await withdraw(byUpi, 100_000_01)).toMatchObject(outOfRange('From ₹1 to ₹1,00,000'))
  expect((await withdraw(earner, 100_00)).reply.status).toBe(201)
  expect((await withdraw(earner, 50_00)).reply.status).toBe(201)
  const all = await newEarner(99)
  expect(await withdraw(all, 99)).toMatchObject(outOfRange('From ₹1 to ₹5,00,000'))
})

test('only to an own method that is there', async () => {
  const [earner, other] = [await newEarner(500_00), await newEarner(500_00)]
  const unknown = fieldRefusal('methodId', 'payout_method_unknown')
  expect(await withdraw({ ...earner, methodId: other.methodId }, 500_00)).toMatchObject(unknown)
  await ask(earner.driverId, 'DELETE', `${METHODS}/${earner.methodId}`)
  expect(await withdraw(earner, 500_00)).toMatchObject(unknown)
  expect(await balanceOf(db, earner.driverId)).toBe(500_00)
})

test('the same key withdraws once', async () => {
  const earner = await newEarner(1_000_00)
  const key = { 'idempotency-key': crypto.randomUUID() }
  const [first, second] = [await withdraw(earner, 300_00, key), await withdraw(earner, 300_00, key)]
  expect(second.body).toEqual(first.body)
  expect(await withdraw(earner, 400_00, key)).toMatchObject(refusal(422, 'idempotency_mismatch'))
  expect(await balanceOf(db, earner.driverId)).toBe(700_00)
})

test('100 requests at once withdraw once what suffices for one', async () => {
  const earner = await newEarner(1_999_99)
  const asked = await Promise.all(Array.from({ length: 100 }, () => withdraw(earner, 1_000_00)))
  const statuses = Map.groupBy(asked, ({ reply }) => reply.status)
  const counts = Object.fromEntries([...statuses].map(([status, all]) => [status, all.length]))
  expect(counts).toEqual({ 201: 1, 409: 99 })
  const [made] = statuses.get(201) ?? []
  expect(booked(Made.parse(made?.body).id)).toHaveLength(1)
  await expectBalanced(db)
}, 60_000)

test('what waits for approval can be taken back, and nothing else', async () => {
  const earner = await newEarner(10_000_00)
  const { body } = await withdraw(earner, 6_000_00)
  expect(body).toMatchObject({ state: 'waiting' })
  const { id } = Made.parse(body)
  const cancel = (of: string) => ask(earner.driverId, 'POST', `/earnings/withdrawals/${of}/cancel`)
  expect(await cancel(id)).toMatchObject({ reply: { status: 200 }, body: { state: 'cancelled' } })
  expect(await balanceOf(db, earner.driverId)).toBe(10_000_00)
  expect(await postedFor(db, id)).toEqual(['payout', 'payout_returned'])
  expect(await cancel(id)).toMatchObject(refusal(409, 'payout_over'))
  const { id: small } = Made.parse((await withdraw(earner, 4_000_00)).body)
  expect(await cancel(small)).toMatchObject(refusal(409, 'payout_not_waiting'))
})

test('nobody else sees or touches it', async () => {
  const [earner, other] = [await newEarner(10_000_00), await newEarner(0)]
  const { id } = Made.parse((await withdraw(earner, 6_000_00)).body)
  const notThere = refusal(404, 'not_found')
  expect(await ask(other.driverId, 'GET', `/earnings/withdrawals/${id}`)).toMatchObject(notThere)
  expect(await ask(other.driverId, 'POST', `/earnings/withdrawals/${id}/cancel`)).toMatchObject(notThere)
  expect(await ask(other.driverId, 'DELETE', `${METHODS}/${earner.methodId}`)).toMatchObject(notThere)
  expect((await ask(other.driverId, 'GET', '/earnings/withdrawals')).body).toMatchObject({ items: [] })
  const passenger = await newPerson(db, new Date())
  for (const path of [METHODS, '/earnings/withdrawals', `/earnings/withdrawals/${id}`])
    expect(await ask(passenger, 'GET', path)).toMatchObject(refusal(403, 'driver_profile_required'))
})

test('who has money here does not leave it behind', async () => {
  const earner = await newEarner(200_00)
  const leave = () => ask(earner.driverId, 'POST', '/auth/account/deletion')
  expect(await leave()).toMatchObject(refusal(409, 'wallet_not_empty'))
  gateway.newPayouts.add({ state: 'processing' })
  const { id } = Made.parse((await withdraw(earner, 200_00)).body)
  // On its way is not arrived.
  expect(await leave()).toMatchObject(refusal(409, 'wallet_not_empty'))
  expect(booked(id)).toHaveLength(1)
})

test('a person’s export has their methods, by their end, and withdrawals', async () => {
  const earner = await newEarner(300_00)
  const { id } = Made.parse((await withdraw(earner, 300_00)).body)
  const { body } = await ask(earner.driverId, 'GET', '/auth/account/export')
  expect(body).toMatchObject({
    payoutMethods: [
      { id: earner.methodId, kind: 'bank', lastFour: expect.stringMatching(/^\d{4}$/), removedAt: null },
    ],
    withdrawals: [{ id, methodId: earner.methodId, amount: money(300_00) }],
  })
  expect(JSON.stringify(body)).not.toMatch(/HDFC|Asha Rao|a1\./)
})

test('whatever is sent, the answer is one that is declared, and no wallet moves', async () => {
  const earner = await newEarner(500_00)
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.constantFrom('\u0000', '\uD800', '1e309'),
  )
  const anything = fc.oneof(
    fc.jsonValue(),
    text,
    fc.constantFrom('upi', 'bank', 'HDFC0001234', 2 ** 53, -1, 1.5),
  )
  const method = fc.record(
    { kind: anything, address: anything, accountNumber: anything, ifsc: anything, name: anything },
    { requiredKeys: ['kind'] },
  )
  const amount = fc.oneof(anything, fc.record({ amount: anything, currency: fc.constant('INR') }))
  const methodId = fc.oneof(anything, fc.uuid())
  await fc.assert(
    fc.asyncProperty(method, fc.record({ amount, methodId }), async (place, withdrawal) => {
      expect([201, 409, 422]).toContain((await ask(earner.driverId, 'POST', METHODS, place)).reply.status)
      const asked = await ask(earner.driverId, 'POST', '/earnings/withdraw', withdrawal)
      expect(asked.reply.status).toBe(422)
    }),
    { numRuns: 50 },
  )
  expect(await balanceOf(db, earner.driverId)).toBe(500_00)
})
