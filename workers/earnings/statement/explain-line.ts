import { INDIAN_ZONE } from '#packages/calendar/indian-time.ts'
import type { TransactionKind } from '#packages/ledger/kinds.ts'
import type { Statement } from './read-statement.ts'

type Line = Statement['lines'][number]

const names: Record<TransactionKind, string> = {
  capture: 'Payment',
  settlement: 'Ride',
  refund: 'Refund to a passenger',
  refund_paid: 'Refund paid',
  refund_failed: 'Refund that did not go through',
  payout: 'Withdrawal',
  payout_paid: 'Withdrawal paid',
  payout_returned: 'Withdrawal that was not paid',
  payout_reversed: 'Withdrawal that came back from the bank',
  correction: 'Correction',
}
const methods = { upi: 'UPI', bank: 'Bank account' } as const

const format = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('en-IN', { timeZone: INDIAN_ZONE, ...options })
const dayAndTime = format({
  ...{ day: 'numeric', month: 'short', year: 'numeric' },
  ...{ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
})
const monthAndYear = format({ month: 'long', year: 'numeric' })

/** `23 Nov 2026, 08:30`, in India. */
export const sayInstant = (at: Date): string => dayAndTime.format(at)

/** `November 2026`. @param at any instant of it */
export const sayMonth = (at: Date): string => monthAndYear.format(at)

/** What a line of a statement is about, for people: what it is, and more about it. */
export function explainLine({ kind, booking, payout }: Line): { what: string; about: string } {
  const isKept = kind === 'settlement' && booking !== null && !booking.isCompleted
  const what = isKept ? 'Kept of a cancellation' : names[kind]
  if (payout) return { what, about: `${methods[payout.method]} ending in ${payout.lastFour}` }
  if (!booking) return { what, about: '' }
  const way = [booking.from, booking.to].filter((stop) => stop !== null).join(' – ')
  return { what, about: `${way}, ${sayInstant(booking.departsAt)}` }
}
