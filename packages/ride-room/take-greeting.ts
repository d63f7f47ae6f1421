import type { JoinOutcome } from '#packages/protocol/gateway-link.ts'
import type { Effect, MemberId } from './effect.ts'

/** Splits what joining caused: what the new member itself hears at once, which is the answer, and all the rest. */
export function takeGreeting(
  effects: readonly Effect[],
  member: MemberId,
): { outcome: JoinOutcome; effects: Effect[] } {
  const frames: string[] = []
  const rest: Effect[] = []
  let outcome: JoinOutcome = { frames }
  for (const effect of effects) {
    if (effect.do === 'close' && effect.member === member) {
      outcome = { closed: effect.reason }
      rest.push({ do: 'forget', member })
    } else if (effect.do !== 'send' || !effect.to.includes(member)) rest.push(effect)
    else {
      frames.push(effect.frame)
      const to = effect.to.filter((id) => id !== member)
      if (to.length > 0) rest.push({ ...effect, to })
    }
  }
  return { outcome, effects: rest }
}
