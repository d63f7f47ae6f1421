/** What the platform takes of who pays online, as a share of the fare, without tax. */
export const FEE_SHARE = 0.05
/** At least and at most so much, paise. */
export const MIN_FEE = 500
export const MAX_FEE = 10_000
/** GST on the platform's service. */
export const GST_SHARE = 0.18

/** A booking fee in whole paise: `total` is what the passenger pays, `tax` the GST in it. */
export interface BookingFee {
  total: number
  tax: number
}

/** The fee for booking seats of this fare and paying online. A free ride costs nothing. @throws RangeError for no amount */
export function bookingFee(fareAmount: number): BookingFee {
  if (!Number.isSafeInteger(fareAmount) || fareAmount < 0) throw new RangeError(`${fareAmount} is no amount`)
  if (fareAmount === 0) return { total: 0, tax: 0 }
  const net = Math.min(Math.max(Math.round(fareAmount * FEE_SHARE), MIN_FEE), MAX_FEE)
  return { total: net + Math.round(net * GST_SHARE), tax: Math.round(net * GST_SHARE) }
}

/** The tax in a fee, or in the part of one that is kept or given back: total × 18 ÷ 118, rounded. */
export function taxWithin(feeTotal: number): number {
  return Math.round((feeTotal * GST_SHARE) / (1 + GST_SHARE))
}
