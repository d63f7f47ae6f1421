import type * as fc from 'fast-check'
import type { Model } from './model.ts'
import type { Real } from './real.ts'
import type { Step } from './step.ts'

/** A step of whoever it is possible for, from a given one on: random histories then hold more than refusals. */
export class Whoever implements fc.AsyncCommand<Model, Real> {
  readonly people: readonly string[]
  readonly make: (person: string) => Step
  #step: Step | undefined

  constructor(people: readonly string[], first: number, make: (person: string) => Step) {
    this.people = [...people.slice(first), ...people.slice(0, first)]
    this.make = make
  }

  check(model: Readonly<Model>): boolean {
    this.#step = this.people.map(this.make).find((step) => step.check(model))
    return this.#step !== undefined
  }

  async run(model: Model, real: Real): Promise<void> {
    await this.#step?.run(model, real)
  }

  toString(): string {
    return String(this.#step)
  }
}
