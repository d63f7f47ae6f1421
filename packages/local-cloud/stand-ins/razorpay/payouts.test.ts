import { expect, test } from 'vitest'
import { openMerchant } from './testing/merchant.ts'

const vpa = { account_type: 'vpa', vpa: { address: 'asha@okbank' } }
const bank = {
  account_type: 'bank_account',
  bank_account: { name: 'Asha Gowda', ifsc: 'HDFC0000053', account_number: '00112233445566' },
}
const KEY = 'x-payout-idempotency'

async function open() {
  const merchant = openMerchant()
  const contact = { name: 'Asha Gowda', type: 'vendor', reference_id: 'm1' }
  const { id: contact_id } = await merchant.call('POST', '/contacts', contact)
  const account = (details: object) => merchant.call('POST', '/fund_accounts', { contact_id, ...details })
  const { id: fund_account_id } = await account(vpa)
  const request = {
    ...{ account_number: '23', fund_account_id, amount: 80_000, currency: 'INR', mode: 'UPI' },
    ...{ purpose: 'payout', reference_id: 'p1', narration: 'Margwa earnings' },
  }
  const pay = (more: object = {}, key: string = crypto.randomUUID()) =>
    merchant.call('POST', '/payouts', { ...request, ...more }, { [KEY]: key })
  return { ...merchant, contact, account, pay, request }
}

test('a payout is answered while it is under way, and ends behind the reply', async () => {
  const { pay, razorpay, call, events } = await open()
  const { id, status } = await pay()
  expect(status).toBe('processing')
  await razorpay.settled()
  expect(await call('GET', `/payouts/${id}`)).toMatchObject({ status: 'processed', fees: 236, tax: 36 })
  expect(events()).toEqual(['payout.initiated', 'payout.processed'])
  expect((await call('GET', '/payouts?account_number=23&reference_id=p1')).items).toMatchObject([{ id }])
  expect((await call('GET', '/payouts?account_number=23&reference_id=p2')).items).toEqual([])
})

test('contacts and accounts that are known are not made again', async () => {
  const { call, contact, account, razorpay } = await open()
  await call('POST', '/contacts', contact)
  await account(vpa)
  const { id } = await account(bank)
  expect(await account(bank)).toMatchObject({ id })
  expect([razorpay.books.contacts.size, razorpay.books.fundAccounts.size]).toEqual([1, 2])
})

test('the key is mandatory, makes one payout only, and is for one request', async () => {
  const { call, pay, request, razorpay } = await open()
  expect((await call('POST', '/payouts', request)).error?.description).toContain('required')
  const first = await pay({}, 'payout-key-1')
  expect(await pay({}, 'payout-key-1')).toMatchObject({ id: first.id })
  expect((await pay({ amount: 80_001 }, 'payout-key-1')).error?.description).toContain('same idempotency key')
  expect(await pay({}, 'short')).toMatchObject({ code: 400 })
  expect(razorpay.books.payouts.size).toBe(1)
})

test.each([
  [{ account_number: '24' }, 'account_number'],
  [{ amount: 99 }, 'amount'],
  [{ currency: 'USD' }, 'currency'],
  [{ mode: 'NEFT' }, 'mode'],
  [{ mode: 'IMPS' }, 'mode'],
  [{ narration: 'Margwa & Co' }, 'narration'],
  [{ reference_id: 'x'.repeat(41) }, 'reference_id'],
  [{ fund_account_id: 'fa_none' }, undefined],
  [{ extra: true }, undefined],
])('a payout with %j is refused', async (more, field) => {
  const { pay, razorpay } = await open()
  expect(await pay(more)).toMatchObject({ code: 400, error: field === undefined ? {} : { field } })
  expect(razorpay.books.payouts.size).toBe(0)
})

test('what no bank has is no account', async () => {
  const { account, call } = await open()
  const broken = [
    { ...vpa, vpa: { address: 'asha' } },
    { ...bank, bank_account: { ...bank.bank_account, ifsc: 'HDFC1000053' } },
    { ...bank, bank_account: { ...bank.bank_account, account_number: '12 34' } },
    { account_type: 'card' },
  ]
  for (const details of broken) expect(await account(details)).toMatchObject({ code: 400 })
  expect(await call('POST', '/contacts', { name: 'A' })).toMatchObject({ code: 400 })
  expect(await call('POST', '/fund_accounts', { contact_id: 'cont_none', ...vpa })).toMatchObject({ code: 400 })
})

test('the money leaves the account when a payout begins, and comes back when it ends badly', async () => {
  const { pay, razorpay } = await open()
  const { books, newPayouts } = razorpay
  books.balance = 200_000
  newPayouts.add({ state: 'processing', times: 2 })
  const [failing, reversed] = [await pay(), await pay()]
  expect(books.balance).toBe(200_000 - 2 * 80_236)
  expect(await pay()).toMatchObject({ code: 400 })
  const waiting = await pay({ queue_if_low_balance: true })
  expect(waiting.status).toBe('queued')
  await razorpay.failPayout(failing.id)
  await razorpay.processPayout(reversed.id)
  await razorpay.reversePayout(reversed.id)
  expect(books.balance).toBe(200_000)
  await razorpay.processPayout(waiting.id)
  expect(books.balance).toBe(119_764)
})

test('a payout ends once, in an order that a bank knows', async () => {
  const { pay, razorpay } = await open()
  razorpay.newPayouts.add({ state: 'queued', times: 2 })
  const [first, second] = [await pay(), await pay()]
  await expect(razorpay.reversePayout(first.id)).rejects.toThrow('The payout is queued')
  await razorpay.rejectPayout(first.id)
  await expect(razorpay.processPayout(first.id)).rejects.toThrow('The payout is rejected')
  await razorpay.processPayout(second.id)
  for (const act of ['processPayout', 'failPayout', 'rejectPayout'] as const)
    await expect(razorpay[act](second.id)).rejects.toThrow('The payout is processed')
  await razorpay.reversePayout(second.id)
  await expect(razorpay.reversePayout(second.id)).rejects.toThrow('The payout is reversed')
})
