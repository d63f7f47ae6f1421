import { z } from 'zod'

/** A reply that the story did not want. */
export class UnexpectedReply extends Error {
  override readonly name = 'UnexpectedReply'
}

const Journal = z.object({ items: z.array(z.object({ data: z.object({ code: z.string() }) })) })

/** The public API of a running system, and its inbox, where the SMS arrive and the checkout is. */
export class Api {
  readonly base: string
  readonly #inbox: string

  constructor(base: string, inbox: string) {
    this.base = base
    this.#inbox = inbox
  }

  /** Calls an operation and reads its reply with `shape`; any other status than `status` ends the story. */
  async call<Shape extends z.ZodType>(
    request: {
      method: string
      path: string
      token?: string
      body?: unknown
      form?: FormData
      status?: number
    },
    shape: Shape,
  ): Promise<z.infer<Shape>> {
    const { method, path, token, body, form, status = 200 } = request
    const response = await fetch(`${this.base}/api/v1${path}`, {
      method,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(form && { body: form }),
    })
    const text = await response.text()
    if (response.status !== status) {
      throw new UnexpectedReply(`${method} ${path}: wanted ${status}, got ${response.status}\n${text}`)
    }
    return shape.parse(JSON.parse(text))
  }

  /** The code of the last SMS to a phone. */
  async readCode(phone: string): Promise<string> {
    const query = new URLSearchParams({ kind: 'sms', to: phone }).toString()
    const response = await fetch(`${this.#inbox}/api/journal?${query}`)
    const [sms] = Journal.parse(await response.json()).items
    if (!sms) throw new UnexpectedReply(`no SMS came to ${phone}`)
    return sms.data.code
  }

  /** The page where a person pays an order of the gateway. */
  checkoutOf(gatewayOrderId: string): string {
    return `${this.#inbox}/checkout/${gatewayOrderId}`
  }

  /** Pays it, as the button of that page does. */
  async pay(gatewayOrderId: string): Promise<void> {
    const response = await fetch(`${this.#inbox}/api/payments/${gatewayOrderId}/pay`, { method: 'POST' })
    if (!response.ok) throw new UnexpectedReply(`the checkout: ${response.status}\n${await response.text()}`)
  }
}
