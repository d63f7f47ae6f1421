import { readLinkId } from './link-id.ts'

/** Sockets by the gateway that holds them. */
type ByGateway = ReadonlyMap<string, readonly string[]>

/**
 * Lists of sockets that are told something again and again: each is put together once, and has a name, so that a gateway that
 * knows it need not be told it with every position.
 */
export class SocketLists {
  #last: { ids: readonly string[]; sockets: ByGateway } = { ids: [], sockets: new Map() }
  readonly #names = new WeakMap<readonly string[], string>()

  /** Splits linked sockets' ids; the same ids as the time before give the same lists. Native ones are left out. */
  byGateway(ids: readonly string[]): ByGateway {
    if (isSame(ids, this.#last.ids)) return this.#last.sockets
    const sockets = split(ids)
    // One socket is no list: it is told something now and then, between two positions for all.
    if (ids.length > 1) this.#last = { ids, sockets }
    return sockets
  }

  /** The name of a list. Lists that are put together anew get new names, that nobody had before. */
  nameOf(sockets: readonly string[]): string {
    const known = this.#names.get(sockets)
    if (known !== undefined) return known
    const name = crypto.randomUUID()
    this.#names.set(sockets, name)
    return name
  }
}

function isSame(ids: readonly string[], others: readonly string[]): boolean {
  return ids.length === others.length && ids.every((id, index) => id === others[index])
}

function split(ids: readonly string[]): ByGateway {
  const sockets = new Map<string, string[]>()
  for (const id of ids) {
    const link = readLinkId(id)
    if (link === null) continue
    const theirs = sockets.get(link.gateway)
    if (theirs) theirs.push(link.socket)
    else sockets.set(link.gateway, [link.socket])
  }
  return sockets
}
