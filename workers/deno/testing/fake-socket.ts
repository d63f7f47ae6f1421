import type { RoomSocket, Upgrade } from '../upgrade-socket.ts'

interface Listeners {
  open: (() => void)[]
  message: ((event: { data: unknown }) => void)[]
  close: (() => void)[]
}

/** The server's end of a socket whose other end is the test. */
export class FakeSocket {
  readyState = 0
  bufferedAmount = 0
  readonly sent: unknown[] = []
  closed: { code: number | undefined; reason: string | undefined } | null = null
  readonly #listeners: Listeners = { open: [], message: [], close: [] }

  addEventListener<Type extends keyof Listeners>(type: Type, listener: Listeners[Type][number]): void {
    const known: Listeners[Type][number][] = this.#listeners[type]
    known.push(listener)
  }

  send(frame: unknown): void {
    this.sent.push(JSON.parse(String(frame)))
  }

  close(code?: number, reason?: string): void {
    this.readyState = 2
    this.closed = { code, reason }
  }

  open(): void {
    this.readyState = 1
    for (const listener of this.#listeners.open) listener()
  }

  say(data: unknown): void {
    const frame = typeof data === 'object' && !(data instanceof ArrayBuffer) ? JSON.stringify(data) : data
    for (const listener of this.#listeners.message) listener({ data: frame })
  }

  hangUp(): void {
    this.readyState = 3
    for (const listener of this.#listeners.close) listener()
  }

  /** The socket as the rooms see it, which use no more of a WebSocket than this class has. */
  asRoomSocket(): RoomSocket {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
    return this as unknown as RoomSocket
  }

  /** All of one type that was sent. */
  heard(type: string): unknown[] {
    return this.sent.filter((frame) => Object(frame).type === type)
  }
}

/** Stands in for `Deno.upgradeWebSocket`: notes what it was asked, and gives that socket. */
export function fakeUpgrade(socket: FakeSocket) {
  const asked: { protocol?: string }[] = []
  const upgrade: Upgrade = (_, options) => {
    asked.push(options)
    return { socket: socket.asRoomSocket(), response: new Response('upgraded') }
  }
  return { upgrade, asked }
}
