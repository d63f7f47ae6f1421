import type { ReceiptSeries } from './series.ts'

/** How the numbers of each series begin. */
const PREFIXES: Readonly<Record<ReceiptSeries, string>> = { receipt: 'MRG', credit_note: 'MRC' }
/** With prefix and year it makes the sixteen characters that rule 46(b) of the CGST Rules, 2017 allows. */
const DIGITS = 7
const YEARS_PER_CENTURY = 100

/** What identifies a receipt. */
export interface ReceiptKey {
  series: ReceiptSeries
  /** The calendar year it begins in. */
  financialYear: number
  number: number
}

/** The number as it is printed: `MRG/2627/0000123` is the 123rd receipt of the financial year 2026–27. */
export function receiptNumber({ series, financialYear, number }: ReceiptKey): string {
  const years = [financialYear, financialYear + 1].map((year) => padded(year % YEARS_PER_CENTURY, 2))
  return `${PREFIXES[series]}/${years.join('')}/${padded(number, DIGITS)}`
}

const padded = (number: number, digits: number): string => String(number).padStart(digits, '0')
