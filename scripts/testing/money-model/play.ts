import { z } from 'zod'
import { addPayoutMethod } from '../../../workers/earnings/add-payout-method.ts'
import { type NewRide, newPeople, newRide } from '../../storms/new-ride.ts'
import type { Merchant, Stage } from './stage.ts'

const MINUTE_MS = 60_000
export const LEGS = 2
/** Minutes until rides leave. */
const DEPARTURES = [2 * 60, 5 * 60, 26 * 60, 4 * 60, 72 * 60]

const Made = z.object({ id: z.string() })

/** Some rides with their people and their merchant, and what came of them so far. */
export interface Play {
  stage: Stage
  /** Lets time pass, milliseconds. */
  pass: (ms: number) => void
  merchant: Merchant
  rides: NewRide[]
  passengers: string[]
  finance: string[]
  methods: Map<string, string>
  bookings: { id: string; passengerId: string; ride: NewRide }[]
  orders: { orderId: string; gatewayOrderId: string; payerId: string }[]
  checkouts: { orderId: string; payerId: string; paymentId: string; signature: string }[]
}

export const pick = <T>(all: readonly T[], at: number): T | undefined => all[at % all.length]
export const now = () => new Date()

/** A merchant and people, and the first rides. */
export async function openPlay(stage: Stage, pass: Play['pass']): Promise<Play> {
  const [passengers, finance] = [await newPeople(stage.db, 5, now()), await newPeople(stage.db, 2, now())]
  const play: Play = {
    ...{ stage, pass, merchant: stage.newMerchant(), passengers, finance },
    ...{ rides: [], methods: new Map(), bookings: [], orders: [], checkouts: [] },
  }
  for (const [index] of DEPARTURES.entries()) await offerRide(play, index)
  return play
}

/** A ride with a driver of its own who can be paid; every third one is on approval. */
export async function offerRide({ stage, rides, methods }: Play, at: number): Promise<void> {
  const bookingMode = at % 3 === 1 ? 'approval' : 'instant'
  const departsAt = new Date(Date.now() + (pick(DEPARTURES, at) ?? 0) * MINUTE_MS)
  const ride = await newRide(stage.db, { bookingMode, legs: LEGS, capacity: 3, departsAt }, now())
  rides.push(ride)
  const body = { kind: 'upi', address: 'asha@okbank', name: 'Asha Rao' }
  methods.set(ride.driverId, Made.parse(await stage.call(addPayoutMethod, ride.driverId, { body })).id)
}
