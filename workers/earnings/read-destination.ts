import type { z } from '@hono/zod-openapi'
import { fieldProblem, Problem } from '#packages/errors/problem.ts'
import { type Destination, HOLDER_NAME } from '#packages/payouts/destination.ts'
import type { PayoutMethodKind } from '#packages/payouts/states.ts'
import type { NewPayoutMethod } from './payout-contract.ts'

/** Whom the gateway is told where a driver's name is in letters that banks do not write. */
const SOME_NAME = 'Margwa driver'

const fieldsOf: Record<PayoutMethodKind, readonly (keyof z.output<typeof NewPayoutMethod>)[]> = {
  upi: ['address'],
  bank: ['accountNumber', 'ifsc', 'name'],
}

/**
 * The destination in a body: all that its kind wants, and nothing of the other. Throws `invalid_fields`, naming the fields.
 * @param profileName what a driver of an address is called who does not say otherwise
 */
export function readDestination(
  body: z.output<typeof NewPayoutMethod>,
  profileName: string | null,
): Destination {
  const { kind, address, accountNumber, ifsc, name } = body
  const mine = fieldsOf[kind]
  const foreign = fieldsOf[kind === 'upi' ? 'bank' : 'upi'].filter((field) => field !== 'name')
  const errors = [
    ...mine.filter((path) => body[path] === undefined).map((path) => ({ path, message: `Wanted of ${kind}` })),
    ...foreign.filter((path) => body[path] !== undefined).map((path) => ({ path, message: `Not of ${kind}` })),
  ]
  if (errors.length > 0) throw new Problem('invalid_fields', { errors })
  if (kind === 'upi' && address !== undefined) {
    const usual = profileName && HOLDER_NAME.test(profileName) ? profileName : SOME_NAME
    return { kind, address, name: name ?? usual }
  }
  if (kind === 'bank' && accountNumber !== undefined && ifsc !== undefined && name !== undefined)
    return { kind, accountNumber, ifsc, name }
  throw fieldProblem('invalid_fields', 'kind', 'Unknown')
}
