import { BoundedMap } from '../bounded-map.ts'
import { MAX_KEPT } from './books.ts'
import { RazorpayError } from './entities.ts'

const FORM = /^[\w-]{10,}$/

/** What was done with each idempotency key. */
export class OnceKeys {
  private readonly done = new BoundedMap<string, { body: string; result: object }>(MAX_KEPT)
  private readonly header: string
  private readonly isMandatory: boolean

  constructor(header: string, { isMandatory }: { isMandatory: boolean }) {
    this.header = header
    this.isMandatory = isMandatory
  }

  /** Does the work, unless it was done with this key; the result is then as it stands now. What was refused was not done. */
  once(headers: Headers, body: string, work: () => object): object {
    const key = headers.get(this.header)
    if (key === null) {
      if (this.isMandatory) throw new RazorpayError(`The ${this.header} header is required.`)
      return work()
    }
    if (!FORM.test(key))
      throw new RazorpayError('The idempotency key must be at least 10 characters of letters, digits, - and _')
    const earlier = this.done.get(key)
    if (earlier && earlier.body !== body)
      throw new RazorpayError('Different request with the same idempotency key has already been processed.')
    if (earlier) return earlier.result
    const result = work()
    this.done.set(key, { body, result })
    return result
  }
}
