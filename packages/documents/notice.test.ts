import { expect, test } from 'vitest'
import { type Notable, noticeOf } from './notice.ts'

const valid: Notable = {
  kind: 'insurance',
  state: 'valid',
  expiresOn: '2026-12-16',
  reason: null,
  wantsSms: true,
}
const rejected: Notable = { ...valid, state: 'rejected', reason: 'Not readable' }
const TODAY = '2026-12-01'

test('a reminder says what and in how many days, as things are when it is sent', () => {
  const values = { document: 'insurance', days: '15' }
  expect(noticeOf('document.expiring', valid, TODAY)).toEqual({ template: 'document_expiring', values })
  expect(noticeOf('document.expiring', valid, '2026-12-16')?.values['days']).toBe('0')
})

test.each([
  ['was replaced', { state: 'replaced' }, TODAY],
  ['has expired', { state: 'expired' }, TODAY],
  ['is over, though nothing swept it yet', {}, '2026-12-17'],
  ['is of somebody who wants no SMS', { wantsSms: false }, TODAY],
  ['has no last day', { expiresOn: null }, TODAY],
] as const)('nobody is reminded of what %s', (_, change, today) => {
  expect(noticeOf('document.expiring', { ...valid, ...change }, today)).toBeUndefined()
})

test('a rejection is told with its reason, wanted or not, as long as it stands', () => {
  const values = { document: 'insurance', reason: 'Not readable' }
  for (const wantsSms of [true, false])
    expect(noticeOf('document.rejected', { ...rejected, wantsSms }, TODAY)).toEqual({
      template: 'document_rejected',
      values,
    })
  expect(noticeOf('document.rejected', valid, TODAY)).toBeUndefined()
})

test('what nobody knows says nothing', () => {
  expect(noticeOf('document.lost', valid, TODAY)).toBeUndefined()
})
