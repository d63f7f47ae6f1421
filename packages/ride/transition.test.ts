import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { problemRegistry } from '#packages/errors/registry.ts'
import { type RideState, refusalsOf, rideActions, rideStates, sourceStates, transition } from './transition.ts'

const progress: Record<RideState, number> = { scheduled: 0, started: 1, completed: 2, cancelled: 2 }

test('the allowed actions are exactly these; every refusal is a conflict of the registry', () => {
  const allowed: string[] = []
  for (const state of rideStates) {
    for (const action of rideActions) {
      const answer = transition(state, action)
      if ('to' in answer) allowed.push(`${state} ${action} ${answer.to}`)
      else expect(problemRegistry[answer.refused][0]).toBe(409)
    }
  }
  expect(allowed).toEqual([
    'scheduled start started',
    'scheduled cancel cancelled',
    'started complete completed',
    'started cancel cancelled',
  ])
})

test('any sequence of actions only moves forward and stays where it ends', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...rideActions), { maxLength: 20 }), (actions) => {
      let state: RideState = 'scheduled'
      for (const action of actions) {
        const answer = transition(state, action)
        if ('refused' in answer) continue
        expect(progress[answer.to]).toBeGreaterThan(progress[state])
        state = answer.to
      }
    }),
  )
})

test('the source states are those that allow the action', () => {
  expect(rideActions.map(sourceStates)).toEqual([['scheduled'], ['started'], ['scheduled', 'started']])
})

test('an operation can declare every refusal of its action', () => {
  expect(refusalsOf('start')).toEqual(['ride_not_scheduled'])
  expect(refusalsOf('complete')).toEqual(['ride_not_started'])
})
