import type { GatewayPayout } from '#packages/payments/payment-port.ts'
import { type PayoutAction, type PayoutRail, type PayoutState, returnedStates } from './states.ts'
import { transition } from './transition.ts'

/** A payout as we know it. */
export interface KnownPayout {
  state: PayoutState
  amount: number
  rail: PayoutRail
  gatewayPayoutId: string | null
}

/** What a payout of the gateway means for ours: an action, nothing, or something that a person has to look at. */
export type TakenIn = { action: PayoutAction } | { differs: string } | null

const actions = { pending: 'send', paid: 'pay', failed: 'fail', reversed: 'reverse' } as const satisfies Record<
  GatewayPayout['state'],
  PayoutAction
>

/** Forward only: what is told late, or again, changes nothing. */
export function takeIn(ours: KnownPayout, theirs: GatewayPayout): TakenIn {
  const { id, state, amount, currency } = theirs
  if (ours.rail !== 'gateway') return { differs: `the gateway has ${id}, which is paid by hand` }
  if (ours.gatewayPayoutId !== null && ours.gatewayPayoutId !== id)
    return { differs: `the gateway has two: ${ours.gatewayPayoutId} and ${id}` }
  if (amount !== ours.amount || currency !== 'INR')
    return { differs: `${id} is of ${amount} ${currency}, ours of ${ours.amount} INR` }
  if (ours.state === 'waiting') return { differs: `${id} exists, but nobody approved it` }
  if (state === 'paid' && ours.state !== 'reversed' && returnedStates.some((each) => each === ours.state))
    return { differs: `${id} is paid, but the driver has the money back` }
  const action = actions[state]
  const answer = transition(ours.state, action)
  return 'to' in answer ? { action } : null
}
