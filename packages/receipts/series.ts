/** Each is numbered without gaps, from 1 in each financial year: what was paid, and what of it was given back. */
export const receiptSeries = ['receipt', 'credit_note'] as const
export type ReceiptSeries = (typeof receiptSeries)[number]
