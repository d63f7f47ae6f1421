import { randomInt } from 'node:crypto'
import { rupees } from '../../packages/money/rupees.ts'
import type { Api } from './api.ts'
import type { Person } from './people.ts'
import { chapter, details, expectThat, step } from './screen.ts'
import { Balance, PayoutMethod, Refusal, RideEarnings } from './shapes.ts'
import { waitFor } from './wait-for.ts'

const format = new Intl.DateTimeFormat('en-IN', {
  ...{ timeZone: 'Asia/Kolkata', dateStyle: 'medium', timeStyle: 'short' },
})
/** As a clock in India shows it. */
const inIndia = (instant: string) => format.format(new Date(instant))

const NAMES = { fare: 'fares', fee: 'booking fee', tax: 'GST on it' }

/** What a ride brings its driver, from the lines of its bookings to a withdrawal that comes too early. */
export async function tellEarnings(api: Api, driver: Person, rideId: string): Promise<void> {
  const { token, name } = driver
  chapter('What it brings')
  const earnings = await step(
    `${name} sees who gets what of it`,
    () => api.call({ method: 'POST', path: '/earnings/calculate', token, body: { rideId } }, RideEarnings),
    ({ paid }) => `${rupees(paid.amount)} from both`,
  )
  details([
    ...earnings.lines.map(({ item, to, amount }) => [NAMES[item], amount.amount, `to the ${to}`] as const),
    ['in the car', earnings.cash.amount, 'Meera paid in cash'],
    ['in the wallet', earnings.wallet.amount, 'Ravi paid online'],
  ])
  await step(
    'it is in her wallet, but not to be had before a day has passed',
    () => filled(api, driver, earnings.wallet.amount),
    ({ balance, nextRelease }) => `${rupees(balance.amount)}, held until ${inIndia(nextRelease.at)}`,
  )
  const method = await step(
    'she adds her bank account',
    () => addAccount(api, driver),
    ({ lastFour }) => `•••• ${lastFour}`,
  )
  await step(
    'and asks for the money all the same',
    () => withdrawInVain(api, driver, { amount: earnings.wallet, methodId: method.id }),
    (said) => said,
  )
}

/** The wallet, once what the ride brought is in it, all of which is held. */
async function filled(api: Api, { token }: Person, amount: number) {
  const { balance, held, nextRelease } = await waitFor(
    () => api.call({ method: 'GET', path: '/earnings/balance', token }, Balance),
    (wallet) => wallet.balance.amount === amount,
    `${rupees(amount)} in the wallet`,
  )
  expectThat(nextRelease !== null && held.amount === amount, 'the fare is not held')
  return { balance, nextRelease }
}

/** A bank account that nobody has. */
function addAccount(api: Api, { token, name }: Person): Promise<PayoutMethod> {
  const accountNumber = String(randomInt(100_000_000_000, 999_999_999_999))
  const body = { kind: 'bank', accountNumber, ifsc: 'HDFC0001234', name }
  const path = '/earnings/payout-methods'
  return api.call({ method: 'POST', path, token, status: 201, body }, PayoutMethod)
}

/** Returns what the refusal says. */
async function withdrawInVain(api: Api, { token }: Person, body: object): Promise<string> {
  const request = { method: 'POST', path: '/earnings/withdraw', token, status: 409, body }
  const { code, errors = [] } = await api.call(request, Refusal)
  expectThat(code === 'balance_too_low', `refused for another reason: ${code}`)
  return `${request.status} ${[code, ...errors.map(({ message }) => message)].join(': ')}`
}
