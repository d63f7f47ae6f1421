import { expect, test } from 'vitest'
import { Journal, type JournalEntry, MAX_JOURNAL_ENTRIES } from './journal.ts'

test('the newest comes first, and filters narrow the list', () => {
  let now = 1000
  const journal = new Journal(() => now)
  journal.add('sms', 'first', { code: '1' }, '+919876543210')
  now = 2000
  journal.add('push', 'second', {})
  now = 3000
  journal.add('sms', 'third', {}, '+919000000000')
  expect(journal.list().map(({ summary }) => summary)).toEqual(['third', 'second', 'first'])
  expect(journal.list({ kind: 'sms', to: '+919876543210' })).toEqual([
    {
      id: 1,
      kind: 'sms',
      at: '1970-01-01T00:00:01.000Z',
      summary: 'first',
      to: '+919876543210',
      data: { code: '1' },
    },
  ])
  expect(journal.list({ after: 2000 }).map(({ id }) => id)).toEqual([3])
  expect(journal.list({ limit: 1 }).map(({ id }) => id)).toEqual([3])
  expect(journal.list({ kind: 'refund' })).toEqual([])
})

test('the oldest fall out at the limit', () => {
  const journal = new Journal()
  for (let i = 0; i <= MAX_JOURNAL_ENTRIES; i++) journal.add('maps', String(i), {})
  expect(journal.list()).toHaveLength(MAX_JOURNAL_ENTRIES)
  expect(journal.list().at(-1)?.summary).toBe('1')
})

test('listeners hear of entries and of clearing, until they leave', () => {
  const journal = new Journal()
  const heard: (JournalEntry | undefined)[] = []
  const leave = journal.subscribe((entry) => heard.push(entry))
  journal.add('sms', 'one', {})
  journal.clear()
  leave()
  journal.add('sms', 'two', {})
  expect(heard.map((entry) => entry?.summary)).toEqual(['one', undefined])
  expect(journal.list()).toHaveLength(1)
})
