const PAISE_PER_RUPEE = 100

// To make a format takes far longer than to use it. Everybody in India reads these digits and this grouping.
const format = new Intl.NumberFormat('en-IN', {
  ...{ style: 'currency', currency: 'INR', trailingZeroDisplay: 'stripIfInteger' },
})
const exactFormat = new Intl.NumberFormat('en-IN', { style: 'currency', currency: 'INR' })

/** Whole paise as people say them: `₹12,34,567.50`, `₹250`. */
export const rupees = (paise: number): string => format.format(paise / PAISE_PER_RUPEE)

/** Whole paise as they stand below each other: `₹250.00`. */
export const rupeesExactly = (paise: number): string => exactFormat.format(paise / PAISE_PER_RUPEE)
