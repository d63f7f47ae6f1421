import { rupees } from '../../packages/money/rupees.ts'
import type { Api } from './api.ts'
import { book, describeOffer, findRide } from './booking.ts'
import { partsOf, payOnline } from './paying.ts'
import type { Person } from './people.ts'
import { IN_TWO_DAYS, publish } from './publish.ts'
import { chapter, details, expectThat, step } from './screen.ts'
import { Booking, Cancellation, Payments, Receipt } from './shapes.ts'
import { waitFor } from './wait-for.ts'

/** A booking that is paid, given up early, and refunded by the policy. */
export async function tellRefund(
  api: Api,
  driver: Person,
  vehicleId: string,
  passenger: Person,
): Promise<void> {
  const { token, name } = passenger
  chapter('Plans change')
  const ride = await step(`${driver.name} drives again in two days, confirms at once, and takes no cash`, () =>
    publish(api, driver, vehicleId, IN_TWO_DAYS),
  )
  const offer = await step(`${name} searches`, () => findRide(api, passenger, ride, 1), describeOffer)
  const { id } = await step('and books', () => book(api, passenger, offer), describeHold)
  await payOnline(api, passenger, id, 'confirmed')
  await step(
    'she cannot go; what would she get back?',
    () => api.call({ method: 'GET', path: `/bookings/${id}/cancellation`, token }, Cancellation),
    ({ refund, kept }) => `${rupees(refund.amount)} now, ${rupees(kept.amount)} is kept for booking`,
  )
  const { refund } = await step(
    'she cancels',
    () => api.call({ method: 'POST', path: `/bookings/${id}/cancel`, token, body: {} }, Booking),
    ({ state }) => state,
  )
  const back = await step(
    'the money goes back the way it came',
    () => refunded(api, passenger, id),
    ({ amount, state }) => `${rupees(amount.amount)}, ${state}`,
  )
  expectThat(back.amount.amount === refund?.refund.amount, 'another amount went back than was said')
  const { creditNotes } = await step(
    'with a credit note',
    () => api.call({ method: 'GET', path: `/payments/${id}/receipt`, token }, Receipt),
    ({ number, creditNotes: [note] }) => `${note?.number} to receipt ${number}`,
  )
  details(creditNotes.flatMap(partsOf))
}

function describeHold({ state, expiresAt }: Booking): string {
  const minutes = Math.round((Date.parse(expiresAt ?? '') - Date.now()) / 60_000)
  return `${state}, held for ${minutes} minutes`
}

/** The refund of a booking, once the bank has it. */
async function refunded(api: Api, { token }: Person, bookingId: string) {
  const { details: paid } = await waitFor(
    () => api.call({ method: 'GET', path: `/payments/${bookingId}`, token }, Payments),
    ({ details: { refunds } }) => refunds[0]?.state === 'processed',
    'the refund',
  )
  const [refund] = paid.refunds
  expectThat(refund !== undefined && paid.refunds.length === 1, `${paid.refunds.length} refunds, not one`)
  return refund
}
