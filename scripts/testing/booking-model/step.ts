import type * as fc from 'fast-check'
import type { Model } from './model.ts'
import { compare, type Real } from './real.ts'

/** What a command came to: `done`, `refused`, or the constraint that refused it. */
export type Outcome = string

export const clock = (model: Model) => new Date(model.now)
export const doneIf = (row: unknown): Outcome => (row ? 'done' : 'refused')

/** Has a step performed even where it will be refused. */
export function insist(step: Step): Step {
  step.stubborn = true
  return step
}

/** A step: the model says which outcomes are right and what then is; the database is held against it. */
export class Step implements fc.AsyncCommand<Model, Real> {
  readonly kind: string
  readonly name: string
  readonly predict: (model: Model) => readonly Outcome[]
  readonly perform: (model: Model, real: Real) => Promise<Outcome>

  /** Performed even where it will be refused. */
  stubborn = false

  constructor(kind: string, details: string, predict: Step['predict'], perform: Step['perform']) {
    this.kind = kind
    this.name = `${kind} ${details}`
    this.predict = predict
    this.perform = perform
  }

  check(model: Readonly<Model>): boolean {
    if (this.stubborn) return true
    const after = structuredClone(model)
    return this.predict(after).includes('done') && JSON.stringify(after) !== JSON.stringify(model)
  }

  async run(model: Model, real: Real): Promise<void> {
    // No two steps are of one instant, so of each two one is the earlier.
    model.now += 1
    const outcome = await this.perform(model, real).catch(constraintOf)
    const right = this.predict(model)
    real.count.steps += 1
    if (outcome !== 'done') real.count.refused += 1
    else real.count.done[this.kind] = (real.count.done[this.kind] ?? 0) + 1
    const wrong = right.includes(outcome) ? [] : [`${outcome} instead of ${right.join(' or ')}`]
    const failures = [...wrong, ...(await compare(model, real))]
    if (failures.length > 0) throw new Error(`after ${this.name}:\n${failures.join('\n')}`)
  }

  toString(): string {
    return this.name
  }
}

function constraintOf(error: unknown): Outcome {
  const { constraint } = Object(error)
  if (typeof constraint !== 'string') throw error
  return constraint
}
