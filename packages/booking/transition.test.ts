import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { problemRegistry } from '#packages/errors/registry.ts'
import { activeStates, type BookingState, bookingActions, bookingStates, holdStates } from './states.ts'
import { refusalsOf, sourceStates, transition } from './transition.ts'

/** How far along a booking is. Every allowed action must go up. */
const progress: Record<BookingState, number> = {
  offered: -2,
  unpaid: -1,
  pending: 0,
  confirmed: 1,
  boarded: 2,
  completed: 3,
  rejected: 3,
  cancelled: 3,
  expired: 3,
  no_show: 3,
}

test('the allowed actions are exactly these', () => {
  const allowed = bookingStates.flatMap((state) =>
    bookingActions.flatMap((action) => {
      const answer = transition(state, action)
      return 'to' in answer ? [`${state} ${action} ${answer.to}`] : []
    }),
  )
  expect(allowed).toEqual([
    'offered take_up confirmed',
    'offered ask pending',
    'offered reserve unpaid',
    'offered cancel cancelled',
    'offered expire expired',
    'offered drop expired',
    'unpaid pay confirmed',
    'unpaid pay_ask pending',
    'unpaid cancel cancelled',
    'unpaid expire expired',
    'unpaid drop expired',
    'pending accept confirmed',
    'pending reject rejected',
    'pending cancel cancelled',
    'pending expire expired',
    'pending drop cancelled',
    'confirmed cancel cancelled',
    'confirmed board boarded',
    'confirmed mark_absent no_show',
    'confirmed drop cancelled',
    'boarded complete completed',
    'boarded drop cancelled',
  ])
})

test('every refusal is a conflict of the registry', () => {
  for (const state of bookingStates) {
    for (const action of bookingActions) {
      const answer = transition(state, action)
      if ('refused' in answer) expect(problemRegistry[answer.refused][0]).toBe(409)
    }
  }
  expect(transition('expired', 'accept')).toEqual({ refused: 'booking_expired' })
  expect(transition('cancelled', 'cancel')).toEqual({ refused: 'booking_not_active' })
})

test('any sequence of actions only moves forward and stays where it ends', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...bookingActions), { maxLength: 30 }), (actions) => {
      let state: BookingState = 'offered'
      for (const action of actions) {
        const answer = transition(state, action)
        if ('refused' in answer) continue
        expect(progress[answer.to]).toBeGreaterThan(progress[state])
        state = answer.to
      }
    }),
  )
})

test('the source states are those that allow the action, and all of them hold seats', () => {
  for (const action of bookingActions) {
    const sources = sourceStates(action)
    expect(sources.length).toBeGreaterThan(0)
    for (const state of bookingStates) expect(sources.includes(state)).toBe('to' in transition(state, action))
    for (const state of sources) expect(activeStates).toContain(state)
  }
  expect(sourceStates('cancel')).toEqual(['offered', 'unpaid', 'pending', 'confirmed'])
  expect(sourceStates('drop')).toEqual(activeStates)
  expect(sourceStates('expire')).toEqual(holdStates)
})

test('an operation can declare every refusal of its action', () => {
  expect(refusalsOf('accept')).toEqual(['booking_not_pending', 'booking_not_active', 'booking_expired'])
  expect(refusalsOf('board')).toEqual([
    'booking_not_confirmed',
    'booking_boarded',
    'booking_not_active',
    'booking_expired',
  ])
})
