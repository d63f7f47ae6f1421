import type { ProblemCode } from '#packages/errors/registry.ts'

export const rideStates = ['scheduled', 'started', 'completed', 'cancelled'] as const
export type RideState = (typeof rideStates)[number]

export const rideActions = ['start', 'complete', 'cancel'] as const
export type RideAction = (typeof rideActions)[number]

/** Where an action leads, or why it is refused. */
export type RideTransition = { to: RideState } | { refused: ProblemCode }

const over: Record<RideAction, RideTransition> = {
  start: { refused: 'ride_not_scheduled' },
  complete: { refused: 'ride_not_started' },
  cancel: { refused: 'ride_not_scheduled' },
}

/** Every state × every action; the types refuse a missing pair. */
const transitions: Record<RideState, Record<RideAction, RideTransition>> = {
  scheduled: {
    start: { to: 'started' },
    complete: { refused: 'ride_not_started' },
    cancel: { to: 'cancelled' },
  },
  started: {
    start: { refused: 'ride_not_scheduled' },
    complete: { to: 'completed' },
    // A breakdown: without it, waiting passengers could only be marked absent and would lose their fare.
    cancel: { to: 'cancelled' },
  },
  completed: over,
  cancelled: over,
}

/** Total: every action in every state has an answer. States only move forward. */
export function transition(state: RideState, action: RideAction): RideTransition {
  return transitions[state][action]
}

/** The states in which an action is allowed: the `where` of the update that performs it. */
export function sourceStates(action: RideAction): RideState[] {
  return rideStates.filter((state) => 'to' in transitions[state][action])
}

/** Every reason for which an action can be refused: what its operation has to declare. */
export function refusalsOf(action: RideAction): ProblemCode[] {
  const answers = rideStates.map((state) => transitions[state][action])
  return [...new Set(answers.flatMap((answer) => ('refused' in answer ? [answer.refused] : [])))]
}
