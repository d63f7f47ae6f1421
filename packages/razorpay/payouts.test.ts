import { afterEach, expect, test, vi } from 'vitest'
import type { PayoutDestination } from '#packages/payments/payment-port.ts'
import { ACCOUNT, openGateway, PAYOUT, REFUND } from './testing/gateway.ts'

const upi: PayoutDestination = { kind: 'upi', address: 'asha@okbank', name: 'Asha Gowda' }
const bank: PayoutDestination = {
  ...{ kind: 'bank', accountNumber: '00112233445566', ifsc: 'HDFC0000053', name: 'Asha Gowda' },
}

afterEach(() => vi.unstubAllGlobals())

function open() {
  const { port, ...rest } = openGateway()
  const payouts = port.payouts ?? expect.unreachable('The account has payouts')
  const pay = async (amount = 80_000, id = PAYOUT) =>
    payouts.pay({ id, amount, fundAccountId: await payouts.register(REFUND, upi), kind: 'upi' })
  return { payouts, pay, ...rest }
}

test('a destination is registered once, as an address or as an account', async () => {
  const { payouts, gateway } = open()
  const first = await payouts.register(REFUND, upi)
  expect(first).toMatch(/^fa_/)
  expect(await payouts.register(REFUND, upi)).toBe(first)
  const second = await payouts.register(PAYOUT, bank)
  expect(gateway.books.contacts.size).toBe(2)
  expect([...gateway.books.fundAccounts.values()]).toMatchObject([
    { account_type: 'vpa', vpa: { address: 'asha@okbank' } },
    {
      id: second,
      account_type: 'bank_account',
      bank_account: { name: 'Asha Gowda', ifsc: 'HDFC0000053', account_number: '00112233445566' },
    },
  ])
})

test('a destination that no bank can have is refused', async () => {
  const { payouts } = open()
  const refused = { failure: 'refused' }
  await expect(payouts.register(REFUND, { ...upi, address: 'asha' })).rejects.toMatchObject(refused)
  await expect(payouts.register(REFUND, { ...bank, ifsc: 'HDFC1000053' })).rejects.toMatchObject(refused)
})

test('a payout names the account, our id and the rail, and is followed until it is paid', async () => {
  const { payouts, pay, gateway, asked } = open()
  gateway.newPayouts.add({ state: 'processing' })
  const payout = await pay()
  expect(payout).toEqual({
    ...{ id: expect.stringMatching(/^pout_/), reference: PAYOUT, amount: 80_000, currency: 'INR' },
    ...{ state: 'pending', bankReference: null, fee: 236, failure: null },
  })
  const request = asked.at(-1)
  expect(request?.headers.get('x-payout-idempotency')).toBe(PAYOUT)
  expect(await request?.json()).toMatchObject({
    ...{ account_number: ACCOUNT.payoutAccount, mode: 'UPI', reference_id: PAYOUT, queue_if_low_balance: true },
    narration: expect.stringMatching(/^[A-Za-z0-9 ]{1,30}$/),
  })
  await gateway.processPayout(payout.id)
  expect(await payouts.payout(payout.id)).toMatchObject({
    state: 'paid',
    bankReference: expect.stringMatching(/^UTR/),
  })
  expect(await payouts.findPayout(PAYOUT)).toMatchObject({ id: payout.id, state: 'paid' })
  expect(await payouts.findPayout(REFUND)).toBeUndefined()
})

test('a bank account is paid by IMPS', async () => {
  const { payouts, asked } = open()
  const fundAccountId = await payouts.register(REFUND, bank)
  await payouts.pay({ id: PAYOUT, amount: 100, fundAccountId, kind: 'bank' })
  expect(await asked.at(-1)?.json()).toMatchObject({ mode: 'IMPS' })
  await expect(payouts.pay({ id: REFUND, amount: 100, fundAccountId, kind: 'upi' })).rejects.toMatchObject({
    failure: 'refused',
  })
})

test('a payout whose answer was lost is not paid twice', async () => {
  const { payouts, pay, gateway } = open()
  gateway.faults.add({ call: 'create_payout', mode: 'garbage', done: true })
  await expect(pay()).rejects.toMatchObject({ failure: 'unanswered' })
  const found = await payouts.findPayout(PAYOUT)
  expect(await pay()).toMatchObject({ id: found?.id })
  expect(gateway.books.payouts.size).toBe(1)
  await expect(pay(80_001)).rejects.toMatchObject({ failure: 'refused' })
})

test.each([
  ['failPayout', 'failed', /bank is down/],
  ['reversePayout', 'reversed', /account is closed/],
] as const)('%s ends a payout as %s, with the reason', async (act, state, failure) => {
  const { payouts, pay, gateway } = open()
  gateway.newPayouts.add({ state: 'processing' })
  const { id } = await pay()
  await gateway[act](id)
  expect(await payouts.payout(id)).toMatchObject({ state, failure: expect.stringMatching(failure) })
})

test('a payout waits where the account has not enough, and can be rejected there', async () => {
  const { payouts, pay, gateway } = open()
  gateway.books.balance = 80_235
  const { id, state } = await pay()
  expect(state).toBe('pending')
  expect(gateway.books.payouts.get(id)?.status).toBe('queued')
  await gateway.rejectPayout(id)
  expect(await payouts.payout(id)).toMatchObject({ state: 'failed' })
  expect(gateway.books.balance).toBe(80_235)
})

test.each(['', '..', 'pout_1/..', 'pay_1'])('nothing is asked about a payout called %j', async (id) => {
  const { payouts, asked } = open()
  await expect(payouts.payout(id)).rejects.toMatchObject({ failure: 'refused' })
  const order = { id: PAYOUT, amount: 100, fundAccountId: id, kind: 'upi' } as const
  await expect(payouts.pay(order)).rejects.toMatchObject({ failure: 'refused' })
  expect(asked).toEqual([])
})
