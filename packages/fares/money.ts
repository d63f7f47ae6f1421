/** An amount in minor units (paise): a whole number. */
export interface Money {
  amount: number
  currency: 'INR'
}

/** @throws RangeError for an amount that is not a safe whole number */
export function paise(amount: number): Money {
  if (!Number.isSafeInteger(amount)) throw new RangeError(`${amount} is not a whole number of paise`)
  return { amount, currency: 'INR' }
}
