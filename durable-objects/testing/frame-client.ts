/** A WebSocket in a test inside workerd, frame by frame. */
export class SocketClient<Frame> {
  /** Everything heard, in order. */
  readonly frames: Frame[] = []
  closed: { code: number; reason: string } | null = null
  readonly #socket: WebSocket
  #changed = Promise.withResolvers<void>()

  /**
   * @param read makes a frame of a text
   * @param allowHalfOpen leaves a Close frame from the other side unanswered until `hangUp`
   */
  constructor(socket: WebSocket, read: (text: string) => Frame, allowHalfOpen = false) {
    this.#socket = socket
    socket.accept({ allowHalfOpen })
    socket.addEventListener('message', ({ data }) => {
      this.frames.push(read(String(data)))
      this.#wake()
    })
    socket.addEventListener('close', ({ code, reason }) => {
      this.closed = { code, reason }
      this.#wake()
    })
  }

  /** @param frame what is neither text nor bytes goes out as JSON */
  say(frame: unknown): void {
    const isRaw = typeof frame === 'string' || frame instanceof ArrayBuffer || frame instanceof Uint8Array
    this.#socket.send(isRaw ? frame : JSON.stringify(frame))
  }

  hangUp(): void {
    this.#socket.close(1000, 'bye')
  }

  /** Waits until what was heard satisfies the condition; the test's own timeout ends a vain wait. */
  async until(condition: (client: this) => boolean): Promise<void> {
    while (!condition(this)) await this.#changed.promise
  }

  #wake(): void {
    this.#changed.resolve()
    this.#changed = Promise.withResolvers()
  }
}

/** One whose frames are told apart by their type. */
export class FrameClient<Frame extends { type: string }> extends SocketClient<Frame> {
  /** All frames of one type heard so far. */
  heard<Type extends Frame['type']>(type: Type): Extract<Frame, { type: Type }>[] {
    return this.frames.filter((frame): frame is Extract<Frame, { type: Type }> => frame.type === type)
  }
}

/** The socket in an answer; throws where none came. */
export function socketOf({ webSocket, status }: Response): WebSocket {
  if (webSocket === null) throw new Error(`no socket came with status ${status}`)
  return webSocket
}
