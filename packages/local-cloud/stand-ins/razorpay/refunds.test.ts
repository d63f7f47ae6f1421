import { expect, test } from 'vitest'
import { openMerchant } from './testing/merchant.ts'

async function paid() {
  const merchant = openMerchant()
  const { payment } = await merchant.razorpay.pay(await merchant.order())
  merchant.told.length = 0
  const refund = (amount: number, key: string = crypto.randomUUID()) =>
    merchant.call('POST', `/payments/${payment.id}/refund`, { amount }, { 'x-refund-idempotency': key })
  return { ...merchant, payment, refund }
}

test('a refund waits where it is told to, and is then processed', async () => {
  const { razorpay, refund, events, call } = await paid()
  razorpay.newRefunds.add({ state: 'pending' })
  const { id, status } = await refund(10_000)
  expect(status).toBe('pending')
  await razorpay.settled()
  expect(events()).toEqual(['refund.created'])
  await razorpay.processRefund(id)
  expect(events()).toEqual(['refund.created', 'refund.processed'])
  expect(await call('GET', `/refunds/${id}`)).toMatchObject({ status: 'processed' })
  await expect(razorpay.processRefund(id)).rejects.toThrow('The refund is processed')
  await expect(razorpay.failRefund(id)).rejects.toThrow('The refund is processed')
  expect(await refund(5_000)).toMatchObject({ status: 'processed' })
})

test('the money of a failed refund can be refunded again', async () => {
  const { razorpay, refund, payment, call, told } = await paid()
  razorpay.newRefunds.add({ state: 'pending' })
  const { id } = await refund(25_000)
  expect(await refund(1)).toMatchObject({ code: 400 })
  await razorpay.failRefund(id)
  expect(told.at(-1)).toMatchObject({
    event: 'refund.failed',
    payload: { refund: { entity: { id, status: 'failed' } }, payment: { entity: { amount_refunded: 0 } } },
  })
  expect(await call('GET', `/payments/${payment.id}`)).toMatchObject({
    status: 'captured',
    refund_status: null,
  })
  expect(await refund(25_000)).toMatchObject({ code: 200 })
})

test('a key repeats the refund as it stands now, and what was refused was not done', async () => {
  const { razorpay, refund } = await paid()
  expect(await refund(25_001, 'refund-key-1')).toMatchObject({ code: 400 })
  razorpay.newRefunds.add({ state: 'pending' })
  const { id } = await refund(100, 'refund-key-1')
  await razorpay.processRefund(id)
  expect(await refund(100, 'refund-key-1')).toMatchObject({ id, status: 'processed' })
  expect(await refund(101, 'refund-key-1')).toMatchObject({ code: 400 })
  expect(razorpay.books.refunds.size).toBe(1)
})

test('only what a rule is about is touched', async () => {
  const { razorpay, refund, payment } = await paid()
  razorpay.newRefunds.add({ state: 'pending', about: 'pay_other' })
  razorpay.newRefunds.add({ state: 'pending', about: payment.id, times: 2 })
  const states = [await refund(100), await refund(100), await refund(100)].map(({ status }) => status)
  expect(states).toEqual(['pending', 'pending', 'processed'])
  expect(razorpay.newRefunds.list()).toEqual([{ state: 'pending', about: 'pay_other', times: 1 }])
})
