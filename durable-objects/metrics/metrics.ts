import { DurableObject } from 'cloudflare:workers'
import { expose, merge, type Samples, type Series } from '#packages/metrics/registry.ts'

const KEY = 'series'

/**
 * Adds up what all isolates have counted, since no isolate sees more than its own requests. One object; each isolate
 * writes to it every few seconds at most.
 */
export class Metrics extends DurableObject {
  #samples: Samples = new Map()

  constructor(state: DurableObjectState, env: Cloudflare.Env) {
    super(state, env)
    void state.blockConcurrencyWhile(async () => {
      merge(this.#samples, (await state.storage.get<Series[]>(KEY)) ?? [])
    })
  }

  async add(series: Series[]): Promise<void> {
    merge(this.#samples, series)
    await this.ctx.storage.put(KEY, [...this.#samples.values()])
  }

  async expose(): Promise<string> {
    return expose(this.#samples)
  }
}
