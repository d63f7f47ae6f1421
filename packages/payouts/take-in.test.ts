import { expect, test } from 'vitest'
import type { GatewayPayout } from '#packages/payments/payment-port.ts'
import { payoutStates } from './states.ts'
import { type KnownPayout, takeIn } from './take-in.ts'

const ours: KnownPayout = { state: 'sent', amount: 500_00, rail: 'gateway', gatewayPayoutId: 'pout_1' }
const theirs: GatewayPayout = {
  ...{ id: 'pout_1', reference: 'ours', amount: 500_00, currency: 'INR', state: 'paid' },
  ...{ bankReference: null, fee: 0, failure: null },
}
const gatewayStates = ['pending', 'paid', 'failed', 'reversed'] as const

test('what each state of theirs means in each of ours', () => {
  const meanings = payoutStates.map((state) => [
    state,
    ...gatewayStates.map((told) => {
      const taken = takeIn({ ...ours, state }, { ...theirs, state: told })
      if (!taken) return '-'
      return 'action' in taken ? taken.action : 'differs'
    }),
  ])
  expect(meanings).toEqual([
    ['waiting', 'differs', 'differs', 'differs', 'differs'],
    ['approved', 'send', 'pay', 'fail', 'reverse'],
    ['sent', '-', 'pay', 'fail', 'reverse'],
    ['paid', '-', '-', 'fail', 'reverse'],
    ['failed', '-', 'differs', '-', '-'],
    ['rejected', '-', 'differs', '-', '-'],
    ['cancelled', '-', 'differs', '-', '-'],
    ['reversed', '-', '-', '-', '-'],
  ])
})

test.each<[string, Partial<KnownPayout>, Partial<GatewayPayout>]>([
  ['another amount', {}, { amount: 499_99 }],
  ['another currency', {}, { currency: 'USD' }],
  ['another payout', {}, { id: 'pout_2' }],
  ['one that is paid by hand', { rail: 'manual' }, {}],
])('%s is for a person', (_, known, told) => {
  expect(takeIn({ ...ours, ...known }, { ...theirs, ...told })).toEqual({ differs: expect.any(String) })
})

test('the gateway’s id is learnt from what it tells', () => {
  expect(takeIn({ ...ours, gatewayPayoutId: null }, theirs)).toEqual({ action: 'pay' })
})
