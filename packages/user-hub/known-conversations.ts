import { CONVERSATION_KNOWN_MS, MAX_CONVERSATIONS } from './limits.ts'

/** Who takes part in the conversations that a person writes in, remembered for a while. */
export class KnownConversations {
  readonly #known = new Map<string, { others: readonly string[]; until: number }>()
  readonly #ask: (conversationId: string) => Promise<readonly string[]>

  constructor(ask: (conversationId: string) => Promise<readonly string[]>) {
    this.#ask = ask
  }

  async othersIn(conversationId: string, now: number): Promise<readonly string[]> {
    const known = this.#known.get(conversationId)
    if (known && known.until > now) return known.others
    const others = await this.#ask(conversationId)
    this.#known.delete(conversationId)
    this.#known.set(conversationId, { others, until: now + CONVERSATION_KNOWN_MS })
    const [first] = this.#known.keys()
    if (this.#known.size > MAX_CONVERSATIONS && first !== undefined) this.#known.delete(first)
    return others
  }
}
