import { type ServerFrame, ServerFrame as ServerFrameShape } from '../../packages/protocol/ride-frames.ts'
import { SOCKET_PROTOCOL } from '../../packages/protocol/socket-protocol.ts'
import { StoryError } from './screen.ts'

const PATIENCE_MS = 10_000

/** A person's socket into a ride's room, as a browser would open it. */
export class LiveSocket {
  readonly frames: { frame: ServerFrame; receivedAt: number }[] = []
  readonly closed: Promise<{ code: number; reason: string }>
  readonly #socket: WebSocket
  #onFrame: () => void = () => undefined

  constructor(base: string, rideId: string, token: string) {
    const url = new URL(`/api/v1/rides/${rideId}/live`, base)
    url.protocol = url.protocol.replace('http', 'ws')
    this.#socket = new WebSocket(url, [SOCKET_PROTOCOL, token])
    this.closed = new Promise((resolve) => {
      this.#socket.addEventListener('close', ({ code, reason }) => resolve({ code, reason }))
    })
    this.#socket.addEventListener('message', ({ data }) => {
      this.frames.push({
        frame: ServerFrameShape.parse(JSON.parse(String(data))),
        receivedAt: performance.now(),
      })
      this.#onFrame()
    })
  }

  say(frame: object): void {
    this.#socket.send(JSON.stringify(frame))
  }

  /** Waits until the frames received so far satisfy a condition. */
  async until(condition: (frames: readonly ServerFrame[]) => boolean, what: string): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const timer = setTimeout(
      () => reject(new StoryError(`${what} did not happen within ${PATIENCE_MS / 1000} s`)),
      PATIENCE_MS,
    )
    const look = () => {
      if (condition(this.frames.map(({ frame }) => frame))) resolve()
    }
    this.#onFrame = look
    void this.closed.then(({ code, reason }) =>
      reject(new StoryError(`the socket closed early: ${code} ${reason}`)),
    )
    look()
    await promise.finally(() => clearTimeout(timer))
  }
}
