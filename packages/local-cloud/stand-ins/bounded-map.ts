/** A map that forgets its oldest entry when it would grow beyond `limit`. */
export class BoundedMap<K, V> extends Map<K, V> {
  private readonly limit: number

  constructor(limit: number) {
    super()
    this.limit = limit
  }

  override set(key: K, value: V): this {
    super.set(key, value)
    if (this.size > this.limit) {
      const oldest = this.keys().next()
      if (!oldest.done) this.delete(oldest.value)
    }
    return this
  }

  /** Newest first. */
  recent(): V[] {
    return [...this.values()].toReversed()
  }
}
