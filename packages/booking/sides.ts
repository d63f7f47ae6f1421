/** The two sides of a booking. */
export const bookingSides = ['passenger', 'driver'] as const
export type BookingSide = (typeof bookingSides)[number]

/** The side that meets this one: who is reviewed by it, and who reviews it. */
export const otherSide = (side: BookingSide): BookingSide => (side === 'driver' ? 'passenger' : 'driver')
