import { indianDay, indianTime } from '#packages/calendar/indian-time.ts'
import { writeCsv } from '#packages/csv/write-csv.ts'
import { explainLine } from './explain-line.ts'
import type { Statement } from './read-statement.ts'

const HEAD = [
  'Date',
  'Time',
  'What',
  'About',
  'In',
  'Out',
  'Balance',
  'Withdrawable from',
  'Booking',
  'Withdrawal',
]

/** Rupees as a spreadsheet adds them up: `250.00`. */
const plain = (paise: number) => (paise / 100).toFixed(2)
const placed = (at: Date) => [indianDay(at.getTime()), indianTime(at.getTime())] as const

/** A statement as a table, with the opening and the closing balance as its first and last line; times are those of India. */
export function statementCsv({ from, to, opening, lines, closing }: Statement): string {
  const balanceAt = (at: Date, what: string, balance: number) =>
    [...placed(at), what, '', '', '', plain(balance), '', '', ''] as const
  return writeCsv([
    HEAD,
    balanceAt(from, 'Opening balance', opening),
    ...lines.map((line) => {
      const { what, about } = explainLine(line)
      const { at, amount, balance, availableAt, booking, payout } = line
      return [
        ...[...placed(at), what, about],
        ...[amount > 0 ? plain(amount) : '', amount < 0 ? plain(-amount) : '', plain(balance)],
        ...[availableAt ? placed(availableAt).join(' ') : '', booking?.id ?? '', payout?.id ?? ''],
      ]
    }),
    balanceAt(new Date(to.getTime() - 1), 'Closing balance', closing),
  ])
}
