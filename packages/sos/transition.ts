import type { ProblemCode } from '#packages/errors/registry.ts'

export const sosStates = ['raised', 'acknowledged', 'resolved'] as const
export type SosState = (typeof sosStates)[number]

/** `locate`: say where one is; it changes no state, and is refused once the alert is over. */
export const sosActions = ['acknowledge', 'resolve', 'locate'] as const
export type SosAction = (typeof sosActions)[number]

/** Where an action leads, or why it is refused. */
export type SosTransition = { to: SosState } | { refused: ProblemCode }

/** Every state × every action; the types refuse a missing pair. */
const transitions: Record<SosState, Record<SosAction, SosTransition>> = {
  raised: {
    acknowledge: { to: 'acknowledged' },
    // Who raised it by mistake need not wait for anybody.
    resolve: { to: 'resolved' },
    locate: { to: 'raised' },
  },
  acknowledged: {
    acknowledge: { refused: 'sos_acknowledged' },
    resolve: { to: 'resolved' },
    locate: { to: 'acknowledged' },
  },
  resolved: {
    acknowledge: { refused: 'sos_resolved' },
    resolve: { refused: 'sos_resolved' },
    locate: { refused: 'sos_resolved' },
  },
}

/** Total: every action in every state has an answer. States only move forward. */
export function transition(state: SosState, action: SosAction): SosTransition {
  return transitions[state][action]
}

/** The states in which an action is allowed: the `where` of the update that performs it. */
export function sourceStates(action: SosAction): SosState[] {
  return sosStates.filter((state) => 'to' in transitions[state][action])
}

/** Every reason for which an action can be refused: what its operation has to declare. */
export function refusalsOf(action: SosAction): ProblemCode[] {
  const answers = sosStates.map((state) => transitions[state][action])
  return [...new Set(answers.flatMap((answer) => ('refused' in answer ? [answer.refused] : [])))]
}
