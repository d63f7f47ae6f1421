import { z } from 'zod'
import { type ApiReply, call, expectBody } from './api.ts'
import type { Person } from './people.ts'

export const PayoutMethod = z.object({
  id: z.string(),
  kind: z.enum(['upi', 'bank']),
  lastFour: z.string(),
  createdAt: z.string(),
})
export type PayoutMethod = z.infer<typeof PayoutMethod>

const METHODS = '/api/v1/earnings/payout-methods'

let accounts = 100_000_000_000 + Math.floor(Math.random() * 800_000_000_000)

/** A bank account of nobody else. */
export const newAccount = () => ({
  ...{ kind: 'bank', accountNumber: String(accounts++), ifsc: 'HDFC0001234', name: 'Asha Rao' },
})

export const addMethod = (
  { token }: Person,
  body: object,
  headers: Record<string, string> = {},
): Promise<ApiReply> => call('POST', METHODS, { token, body, headers })

/** A bank account that must be added. */
export async function addedMethod(driver: Person): Promise<PayoutMethod> {
  return expectBody(await addMethod(driver, newAccount()), 201, PayoutMethod)
}

export const listMethods = ({ token }: Person): Promise<ApiReply> => call('GET', METHODS, { token })

export const removeMethod = ({ token }: Person, { id }: { id: string }): Promise<ApiReply> =>
  call('DELETE', `${METHODS}/${id}`, { token })

export const withdraw = (
  { token }: Person,
  { id }: { id: string },
  amount: number,
  headers: Record<string, string> = {},
): Promise<ApiReply> => {
  const body = { amount: { amount, currency: 'INR' }, methodId: id }
  return call('POST', '/api/v1/earnings/withdraw', { token, body, headers })
}
