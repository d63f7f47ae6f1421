import { expect, test } from 'vitest'
import { PlacesError } from './places-error.ts'
import { askUntilItFails, FAILURES_BEFORE_REST, REST_MS } from './rest.ts'

function newAsker() {
  const told: unknown[] = []
  const state = { now: 1_800_000_000_000, asked: 0, reason: undefined as PlacesError | undefined }
  const ask = askUntilItFails({
    isKnown: true,
    clock: () => state.now,
    onFallback: (reason) => told.push(reason),
  })
  const question = async () => {
    state.asked += 1
    if (state.reason) throw state.reason
    return 'answer'
  }
  return { state, told, ask: () => ask(question) }
}
const failure = new PlacesError('Google does not answer')

test('after some failures in a row nobody waits, and later one more is enough', async () => {
  const { state, told, ask } = newAsker()
  state.reason = failure
  for (let n = 0; n < FAILURES_BEFORE_REST + 5; n++) expect(await ask()).toBeUndefined()
  expect(state.asked).toBe(FAILURES_BEFORE_REST)
  expect(told).toHaveLength(FAILURES_BEFORE_REST)
  state.now += REST_MS - 1
  await ask()
  expect(state.asked).toBe(FAILURES_BEFORE_REST)
  state.now += 1
  await ask()
  await ask()
  expect(state.asked).toBe(FAILURES_BEFORE_REST + 1)
})

test('an answer ends it', async () => {
  const { state, ask } = newAsker()
  state.reason = failure
  for (let n = 1; n < FAILURES_BEFORE_REST; n++) await ask()
  state.reason = undefined
  expect(await ask()).toEqual({ answer: 'answer' })
  state.reason = failure
  for (let n = 1; n < FAILURES_BEFORE_REST; n++) await ask()
  state.reason = undefined
  expect(await ask()).toEqual({ answer: 'answer' })
})

test('nobody can end it for others by asking what is refused', async () => {
  const { state, ask } = newAsker()
  state.reason = new PlacesError('Google answered 400', { ofRequest: true })
  for (let n = 0; n < FAILURES_BEFORE_REST * 3; n++) expect(await ask()).toBeUndefined()
  expect(state.asked).toBe(FAILURES_BEFORE_REST * 3)
})
