import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { refusalsOf, sosActions, sosStates, sourceStates, transition } from './transition.ts'

test('the table, in full', () => {
  const answers = sosStates.map((state) => sosActions.map((action) => transition(state, action)))
  expect(answers).toEqual([
    [{ to: 'acknowledged' }, { to: 'resolved' }, { to: 'raised' }],
    [{ refused: 'sos_acknowledged' }, { to: 'resolved' }, { to: 'acknowledged' }],
    [{ refused: 'sos_resolved' }, { refused: 'sos_resolved' }, { refused: 'sos_resolved' }],
  ])
})

test('no sequence of actions leads back, and what is resolved stays so', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...sosActions)), (actions) => {
      let state: (typeof sosStates)[number] = 'raised'
      for (const action of actions) {
        const answer = transition(state, action)
        if ('refused' in answer) continue
        expect(sosStates.indexOf(answer.to)).toBeGreaterThanOrEqual(sosStates.indexOf(state))
        state = answer.to
      }
      if (actions.includes('resolve')) expect(state).toBe('resolved')
    }),
  )
})

test('where each action is allowed, and why it is refused elsewhere', () => {
  expect(sosActions.map(sourceStates)).toEqual([
    ['raised'],
    ['raised', 'acknowledged'],
    ['raised', 'acknowledged'],
  ])
  expect(sosActions.map(refusalsOf)).toEqual([
    ['sos_acknowledged', 'sos_resolved'],
    ['sos_resolved'],
    ['sos_resolved'],
  ])
})
