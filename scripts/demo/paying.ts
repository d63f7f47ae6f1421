import { rupees } from '../../packages/money/rupees.ts'
import type { Api } from './api.ts'
import { readBooking } from './booking.ts'
import type { Person } from './people.ts'
import { details, step } from './screen.ts'
import { Order, type Parts, Receipt } from './shapes.ts'
import { waitFor } from './wait-for.ts'

/** What a receipt or a credit note is made of. */
export function partsOf({ fare, fee, tax, total }: Parts): [name: string, amount: number][] {
  const parts: [string, number][] = [
    ['fare', fare.amount],
    ['booking fee', fee.amount],
    ['GST on it', tax.amount],
    ['total', total.amount],
  ]
  return parts.filter(([, amount]) => amount > 0)
}

/** Pays a booking as a person would, on the page of the checkout; `becomes` is what the webhook of it makes of the booking. */
export async function payOnline(
  api: Api,
  person: Person,
  bookingId: string,
  becomes: 'pending' | 'confirmed',
): Promise<void> {
  const { token, name } = person
  const { gatewayOrderId } = await step(
    `${name}’s app opens the checkout`,
    () =>
      api.call({ method: 'POST', path: '/payments/initiate', token, status: 201, body: { bookingId } }, Order),
    ({ amount, fee }) => `${rupees(amount.amount)}, ${rupees(fee.amount)} of it for booking`,
  )
  details([['in a browser', api.checkoutOf(gatewayOrderId)]])
  await step(`${name} pays there`, () => api.pay(gatewayOrderId))
  await step(
    'the gateway’s webhook tells Margwa',
    () =>
      waitFor(
        () => readBooking(api, person, bookingId),
        ({ state }) => state === becomes,
        `the booking being ${becomes}`,
      ),
    ({ state }) => state,
  )
}

/** The receipt of a payment, in its parts. */
export async function showReceipt(api: Api, { token, name }: Person, bookingId: string): Promise<void> {
  const receipt = await step(
    `${name} has a receipt`,
    () => api.call({ method: 'GET', path: `/payments/${bookingId}/receipt`, token }, Receipt),
    ({ number }) => number,
  )
  details(partsOf(receipt))
}
