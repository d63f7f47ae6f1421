/** What happens out of the ordinary, to the next so many of something. */
export interface Rule {
  /** How often; 1 unless said otherwise. */
  times?: number | undefined
  /** Only what has this text in its path or body, such as an id. */
  about?: string | undefined
}

/** Rules that wait for what they are for; each is used up. */
export class Rules<R extends Rule> {
  private waiting: R[] = []

  add(rule: R): void {
    this.waiting.push({ ...rule, times: rule.times ?? 1 })
  }

  /** The first one that is for this, one time less from now on. */
  take(isFor: (rule: R) => boolean, text: string): R | undefined {
    const rule = this.waiting.find(
      (each) => isFor(each) && (each.about === undefined || text.includes(each.about)),
    )
    if (!rule) return undefined
    rule.times = (rule.times ?? 1) - 1
    if (rule.times <= 0) this.waiting = this.waiting.filter((each) => each !== rule)
    return rule
  }

  list(): R[] {
    return this.waiting.map((rule) => ({ ...rule }))
  }

  clear(): void {
    this.waiting = []
  }
}
