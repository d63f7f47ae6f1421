import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { problemRegistry } from '#packages/errors/registry.ts'
import { type PayoutState, payoutActions, payoutStates, returnedStates, unfinishedStates } from './states.ts'
import { refusalsOf, transition } from './transition.ts'

const progress: Record<PayoutState, number> = {
  waiting: 0,
  approved: 1,
  sent: 2,
  paid: 3,
  failed: 4,
  rejected: 4,
  cancelled: 4,
  reversed: 4,
}

test('the allowed actions are exactly these; every refusal is a conflict of the registry', () => {
  const allowed: string[] = []
  for (const state of payoutStates) {
    for (const action of payoutActions) {
      const answer = transition(state, action)
      if ('to' in answer) allowed.push(`${state} ${action} ${answer.to}`)
      else expect(problemRegistry[answer.refused][0]).toBe(409)
    }
  }
  expect(allowed).toEqual([
    'waiting approve approved',
    'waiting reject rejected',
    'waiting cancel cancelled',
    'approved hold waiting',
    'approved send sent',
    'approved pay paid',
    'approved fail failed',
    'approved reverse reversed',
    'sent pay paid',
    'sent fail failed',
    'sent reverse reversed',
    'paid fail reversed',
    'paid reverse reversed',
  ])
})

test('any sequence of actions only moves forward, but for what is held, and money comes back once at most', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...payoutActions), { maxLength: 40 }), (actions) => {
      let state: PayoutState = 'waiting'
      let returned = 0
      for (const action of actions) {
        const answer = transition(state, action)
        if ('refused' in answer) continue
        if (action !== 'hold') expect(progress[answer.to]).toBeGreaterThan(progress[state])
        state = answer.to
        if (returnedStates.some((each) => each === state)) returned++
      }
      expect(returned).toBeLessThanOrEqual(1)
    }),
  )
})

test('a payout is on its way, paid, or its money is back', () => {
  expect([...unfinishedStates, 'paid', ...returnedStates].toSorted()).toEqual(payoutStates.toSorted())
})

test('an operation can declare every refusal of its action', () => {
  expect(refusalsOf('approve')).toEqual(['payout_not_waiting', 'payout_over'])
  expect(refusalsOf('pay')).toEqual(['payout_not_approved', 'payout_over'])
})
