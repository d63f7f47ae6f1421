import { expect, test } from 'vitest'
import { withoutPersons } from './without-persons.ts'

test('who pays is not kept, at any depth; what was paid is', () => {
  const entity = {
    id: 'pay_1',
    amount: 500,
    contact: '+919876543210',
    email: 'asha@example.in',
    vpa: 'asha@okbank',
  }
  const kept = withoutPersons(JSON.stringify({ event: 'payment.captured', payload: { payment: { entity } } }))
  expect(JSON.parse(kept)).toEqual({
    event: 'payment.captured',
    payload: { payment: { entity: { id: 'pay_1', amount: 500 } } },
  })
})

test('what is no JSON, or too deep to be walked, stays as it is', () => {
  for (const text of ['no json', '', '['.repeat(30_000) + ']'.repeat(30_000)])
    expect(withoutPersons(text)).toBe(text)
})
