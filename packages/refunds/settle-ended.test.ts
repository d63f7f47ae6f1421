import { expect, test } from 'vitest'
import type { BookingState } from '#packages/booking/states.ts'
import { type EndedBooking, endedAt, settleEnded } from './settle-ended.ts'

const pickupAt = new Date('2026-12-01T06:00:00Z')
const hoursBefore = (hours: number) => new Date(pickupAt.getTime() - hours * 3_600_000)
const came = (...states: BookingState[]) => states.map((state, step) => ({ state, at: hoursBefore(10 - step) }))

const ended = (state: BookingState, more: Partial<EndedBooking> = {}): EndedBooking => ({
  ...{ state, history: [], cancelledBy: null, pickupAt, updatedAt: hoursBefore(5) },
  ...{ rule: { freeSecondsBefore: 86_400, lateShare: 0.5 }, rideChanged: false },
  ...{ fareAmount: 20_000, feeAmount: 1_180, ...more },
})

test.each([
  ['a request given up', 'cancelled', came('pending', 'cancelled'), 'passenger', 'not_accepted'],
  ['a request nobody answered', 'expired', came('unpaid', 'pending', 'expired'), null, 'not_accepted'],
  ['a request that was turned down', 'rejected', came('pending', 'rejected'), null, 'not_accepted'],
  ['paid too late', 'expired', came('unpaid', 'expired'), null, 'not_accepted'],
  ['a booking given up', 'cancelled', came('unpaid', 'confirmed', 'cancelled'), 'passenger', 'late'],
  ['paid late, taken again and given up', 'cancelled', came('expired', 'confirmed', 'cancelled'), null, 'late'],
  [
    'dropped by the driver',
    'cancelled',
    came('confirmed', 'boarded', 'cancelled'),
    'driver',
    'driver_cancelled',
  ],
  ['who did not come', 'no_show', came('confirmed', 'no_show'), null, 'no_show'],
  ['without a history, given up', 'cancelled', [], null, 'late'],
  ['without a history, not answered', 'expired', [], null, 'not_accepted'],
] as const)('%s', (_, state, history, cancelledBy, reason) => {
  expect(settleEnded(ended(state, { history, cancelledBy }))?.reason).toBe(reason)
})

test('of what has not ended, or was driven, there is nothing to say', () => {
  for (const state of ['offered', 'unpaid', 'pending', 'confirmed', 'boarded', 'completed'] as const)
    expect(settleEnded(ended(state))).toBeNull()
})

test('what decides is when it ended, and not when it was last touched', () => {
  const history = [
    { state: 'confirmed', at: hoursBefore(48) } as const,
    { state: 'cancelled', at: hoursBefore(30) } as const,
  ]
  expect(settleEnded(ended('cancelled', { history }))).toMatchObject({
    reason: 'early',
    refund: 20_000,
    kept: 1_180,
  })
  expect(endedAt(ended('cancelled', { history }))).toBe(hoursBefore(30).getTime())
  expect(endedAt(ended('cancelled'))).toBe(hoursBefore(5).getTime())
})

test('where nothing was paid nothing comes back, and the reason stands', () => {
  const nothing = { fareAmount: 0, feeAmount: 0, history: came('confirmed', 'no_show') }
  expect(settleEnded(ended('no_show', nothing))).toEqual({ reason: 'no_show', refund: 0, kept: 0, lines: [] })
})
