import { env } from 'cloudflare:workers'
import type { HubPass } from '#packages/protocol/hub-pass.ts'
import { HubServerFrame } from '#packages/protocol/hub-server-frame.ts'
import { joinUserHub } from '../user-hub/reach-user-hub.ts'
import type { UserHub } from '../user-hub/user-hub.ts'

type UserHubs = DurableObjectNamespace<UserHub>

/** `vitest.workerd.config.ts` binds that name to the class. */
function hasUserHubs(bindings: object): bindings is { USER_HUB: UserHubs } {
  return 'USER_HUB' in bindings
}

function bindUserHubs(): UserHubs {
  if (!hasUserHubs(env)) throw new Error('the test Worker has no USER_HUB binding')
  return env.USER_HUB
}

export const userHubs = bindUserHubs()

/** A device of a person, as far as a test needs one. */
export class HubClient {
  /** Everything heard, in order. */
  readonly frames: HubServerFrame[] = []
  closed: { code: number; reason: string } | null = null
  readonly #socket: WebSocket
  #changed = Promise.withResolvers<void>()

  constructor(socket: WebSocket) {
    this.#socket = socket
    socket.accept()
    socket.addEventListener('message', ({ data }) => {
      this.frames.push(HubServerFrame.parse(JSON.parse(String(data))))
      this.#wakeWaiting()
    })
    socket.addEventListener('close', ({ code, reason }) => {
      this.closed = { code, reason }
      this.#wakeWaiting()
    })
  }

  /** Connects to the hub that the pass is for. */
  static async join(pass: HubPass, after?: number): Promise<HubClient> {
    const query = after === undefined ? '' : `?after=${after}`
    const headers = { Upgrade: 'websocket' }
    const request = new Request(`https://api.test/api/v1/realtime${query}`, { headers })
    const { webSocket, status } = await joinUserHub(userHubs, pass, request)
    if (webSocket === null) throw new Error(`no socket came with status ${status}`)
    return new HubClient(webSocket)
  }

  say(frame: unknown): void {
    this.#socket.send(typeof frame === 'string' || frame instanceof ArrayBuffer ? frame : JSON.stringify(frame))
  }

  hangUp(): void {
    this.#socket.close(1000, 'bye')
  }

  /** Waits until what was heard satisfies the condition; the test's own timeout ends a vain wait. */
  async until(condition: (client: this) => boolean): Promise<void> {
    while (!condition(this)) await this.#changed.promise
  }

  /** All frames of one type heard so far. */
  heard<Type extends HubServerFrame['type']>(type: Type): Extract<HubServerFrame, { type: Type }>[] {
    return this.frames.filter((frame): frame is Extract<HubServerFrame, { type: Type }> => frame.type === type)
  }

  #wakeWaiting(): void {
    this.#changed.resolve()
    this.#changed = Promise.withResolvers()
  }
}
