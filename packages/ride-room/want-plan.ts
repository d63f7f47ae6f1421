import type { Turn } from './room.ts'

/** Asks for the plan where it is not known, or has changed. */
export function wantPlan({ room, now, effects }: Turn): void {
  if (room.planDue === null || now < room.planDue) return
  room.planDue = null
  effects.push({ do: 'plan' })
}
