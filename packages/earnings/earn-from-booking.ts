import { taxWithin } from '#packages/fares/booking-fee.ts'
import type { PayWay } from '#packages/payments/states.ts'

/** Whom the parts of what a passenger pays go to. */
export const earningItems = ['fare', 'fee', 'tax'] as const
export type EarningItem = (typeof earningItems)[number]

/** A part of what a passenger pays and who gets it: the fare the driver, the fee the platform, its tax the state. */
export interface EarningLine {
  item: EarningItem
  to: 'driver' | 'platform' | 'state'
  /** Whole paise, more than 0. */
  amount: number
}

/** What bookings bring, whole paise. */
export interface Earning {
  /** Add up to `paid`. */
  lines: EarningLine[]
  /** By the passengers. */
  paid: number
  /** What of it reaches the driver's wallet, and what the driver gets in the car. */
  wallet: number
  cash: number
}

const receivers = { fare: 'driver', fee: 'platform', tax: 'state' } as const

/** What a booking brings. @param booking fare and fee are whole paise, the tax is in the fee */
export function earnFromBooking(booking: { payWith: PayWay; fare: number; fee: number }): Earning {
  const { payWith, fare, fee } = booking
  const tax = taxWithin(fee)
  const parts = { fare, fee: fee - tax, tax }
  return {
    lines: linesOf((item) => parts[item]),
    paid: fare + fee,
    wallet: payWith === 'online' ? fare : 0,
    cash: payWith === 'cash' ? fare : 0,
  }
}

/** What several bring together. */
export function addEarnings(earnings: readonly Earning[]): Earning {
  const sum = (of: (earning: Earning) => number) => earnings.reduce((total, each) => total + of(each), 0)
  const amountOf = (item: EarningItem, { lines }: Earning) =>
    lines.find((line) => line.item === item)?.amount ?? 0
  return {
    lines: linesOf((item) => sum((each) => amountOf(item, each))),
    paid: sum(({ paid }) => paid),
    wallet: sum(({ wallet }) => wallet),
    cash: sum(({ cash }) => cash),
  }
}

const linesOf = (amountOf: (item: EarningItem) => number): EarningLine[] =>
  earningItems
    .map((item) => ({ item, to: receivers[item], amount: amountOf(item) }))
    .filter(({ amount }) => amount > 0)
