import type { ProblemCode } from '#packages/errors/registry.ts'
import { type PayoutAction, type PayoutState, payoutStates } from './states.ts'

/** Where an action leads, or why it is refused. */
export type PayoutTransition = { to: PayoutState } | { refused: ProblemCode }

const refuse = (refused: ProblemCode): PayoutTransition => ({ refused })

/** The money is in the wallet again, and may be on its way out with another payout: nothing leaves this state. */
const over: Record<PayoutAction, PayoutTransition> = {
  approve: refuse('payout_over'),
  hold: refuse('payout_over'),
  reject: refuse('payout_over'),
  cancel: refuse('payout_over'),
  send: refuse('payout_over'),
  pay: refuse('payout_over'),
  fail: refuse('payout_over'),
  reverse: refuse('payout_over'),
}

/** Every state × every action; the types refuse a missing pair. */
const transitions: Record<PayoutState, Record<PayoutAction, PayoutTransition>> = {
  waiting: {
    approve: { to: 'approved' },
    hold: refuse('payout_not_approved'),
    reject: { to: 'rejected' },
    cancel: { to: 'cancelled' },
    send: refuse('payout_not_approved'),
    pay: refuse('payout_not_approved'),
    fail: refuse('payout_not_approved'),
    reverse: refuse('payout_not_approved'),
  },
  approved: {
    approve: refuse('payout_not_waiting'),
    // The only way back, and only for one that nobody has tried to send.
    hold: { to: 'waiting' },
    reject: refuse('payout_not_waiting'),
    cancel: refuse('payout_not_waiting'),
    send: { to: 'sent' },
    // The gateway may tell of the end first.
    pay: { to: 'paid' },
    fail: { to: 'failed' },
    reverse: { to: 'reversed' },
  },
  sent: {
    approve: refuse('payout_not_waiting'),
    hold: refuse('payout_not_waiting'),
    reject: refuse('payout_not_waiting'),
    cancel: refuse('payout_not_waiting'),
    send: refuse('payout_not_waiting'),
    pay: { to: 'paid' },
    fail: { to: 'failed' },
    reverse: { to: 'reversed' },
  },
  paid: {
    approve: refuse('payout_over'),
    hold: refuse('payout_over'),
    reject: refuse('payout_over'),
    cancel: refuse('payout_over'),
    send: refuse('payout_over'),
    pay: refuse('payout_over'),
    // A bank can send back what was paid; by whatever name, it came back.
    fail: { to: 'reversed' },
    reverse: { to: 'reversed' },
  },
  failed: over,
  rejected: over,
  cancelled: over,
  reversed: over,
}

/** Total: every action in every state has an answer. States only move forward, but for `hold`. */
export function transition(state: PayoutState, action: PayoutAction): PayoutTransition {
  return transitions[state][action]
}

/** Every reason for which an action can be refused: what its operation has to declare. */
export function refusalsOf(action: PayoutAction): ProblemCode[] {
  const answers = payoutStates.map((state) => transitions[state][action])
  return [...new Set(answers.flatMap((answer) => ('refused' in answer ? [answer.refused] : [])))]
}
