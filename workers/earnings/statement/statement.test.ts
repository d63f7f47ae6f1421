import { expect, test } from 'vitest'
import { runningBalance } from '#packages/earnings/running-balance.ts'
import type { Statement } from './read-statement.ts'
import { renderStatement } from './render-page.ts'
import { statementCsv } from './write-csv.ts'

const at = new Date('2026-11-22T18:30:00Z')
const booking = {
  ...{ id: 'b1', isCompleted: true, rideId: 'r1', departsAt: new Date('2026-11-22T03:00:00Z') },
  ...{ from: 'Bengaluru', to: 'Mysuru' },
}
const ride = { at, kind: 'settlement', amount: 123_456, availableAt: null, booking, payout: null } as const
const payout = { id: 'p1', method: 'upi', lastFour: '@okx' } as const

const statementOf = (
  lines: Omit<Statement['lines'][number], 'balance'>[],
  name: string | null = 'Asha',
): Statement => ({
  ...{ month: '2026-11', driver: { id: 'd1', name } },
  ...{ from: new Date('2026-10-31T18:30:00Z'), to: new Date('2026-11-30T18:30:00Z'), opening: 5_000 },
  ...runningBalance(5_000, lines),
})

test('a table has what came in and went out in columns of their own, and times of India', () => {
  const held = { ...ride, availableAt: new Date('2026-11-23T18:30:00Z') }
  const out = { ...ride, kind: 'payout', amount: -100_050, booking: null, payout } as const
  expect(statementCsv(statementOf([held, out])).split('\r\n')).toEqual([
    'Date,Time,What,About,In,Out,Balance,Withdrawable from,Booking,Withdrawal',
    '2026-11-01,00:00,Opening balance,,,,50.00,,,',
    '2026-11-23,00:00,Ride,"Bengaluru – Mysuru, 22 Nov 2026, 08:30",1234.56,,1284.56,2026-11-24 00:00,b1,',
    '2026-11-23,00:00,Withdrawal,UPI ending in @okx,,1000.50,284.06,,,p1',
    '2026-11-30,23:59,Closing balance,,,,284.06,,,',
    '',
  ])
})

test('no name in a table becomes a formula', () => {
  const named = { ...ride, booking: { ...booking, from: '=HYPERLINK("http://x.test")' } }
  const [, , line] = statementCsv(statementOf([named])).split('\r\n')
  expect(line).toContain(`"'=HYPERLINK(""http://x.test"") – Mysuru`)
})

test('what is kept of a cancellation is called so', () => {
  const kept = { ...ride, booking: { ...booking, isCompleted: false } }
  expect(statementCsv(statementOf([kept]))).toContain('Kept of a cancellation')
})

test('a page shows the sums and every line, and needs nothing from elsewhere', () => {
  const out = { ...ride, kind: 'payout', amount: -50_000, booking: null, payout } as const
  const page = renderStatement(statementOf([ride, out]), at.getTime())
  for (const text of ['Wallet statement, November 2026', 'Asha', '₹50.00', '₹1,234.56', '₹500.00', '₹784.56'])
    expect(page).toContain(text)
  expect(page).not.toMatch(/<script|<link|<img|\ssrc=|\sstyle=|\son\w+=|url\(/i)
})

test('a line says until when it is held, as long as it is', () => {
  const held = statementOf([{ ...ride, availableAt: new Date('2026-11-23T18:30:00Z') }])
  expect(renderStatement(held, at.getTime())).toContain('can be withdrawn from 24 Nov 2026, 00:00')
  expect(renderStatement(held, Date.parse('2026-11-23T18:30:00Z'))).not.toContain('can be withdrawn')
})

test('names on a page stay text', () => {
  const evil = `<img src=x onerror="alert(1)">'&`
  const named = { ...ride, booking: { ...booking, to: evil } }
  const page = renderStatement(statementOf([named], evil), at.getTime())
  expect(page).not.toContain('<img')
  expect(page.split('&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&#39;&amp;')).toHaveLength(3)
})

test('a month in which nothing moved says so', () => {
  const page = renderStatement(statementOf([], null), at.getTime())
  expect(page).toContain('Nothing came in or went out.')
  expect(page).toContain('No name')
})
