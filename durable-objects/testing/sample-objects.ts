import { DurableObject } from 'cloudflare:workers'
import { EngineServer } from '#packages/socketio/engine-server.ts'
import type { UpperLayer } from '#packages/socketio/engine-types.ts'
import { engineSettings } from '#packages/socketio/settings.ts'
import { SocketServer } from '#packages/socketio/socket-server.ts'
import type { Membership, SocketApplication } from '#packages/socketio/socket-types.ts'
import { SocketShell } from '../socket-gateway/socket-shell.ts'

/** What the public conformance suites expect. */
const settings = {
  ...engineSettings,
  ...{ pingInterval: 300, pingTimeout: 200, maxPayload: 1_000_000, connectTimeout: 1000, maxUnread: 8_000_000 },
}
const options = {
  settings,
  newSid: () => crypto.randomUUID(),
  clock: () => Date.now(),
  maxSessions: 1000,
}

/** A shell in a Durable Object, with some engine in it. */
abstract class SampleObject extends DurableObject {
  protected readonly shell: SocketShell<null>

  constructor(ctx: DurableObjectState, env: Cloudflare.Env) {
    super(ctx, env)
    this.shell = new SocketShell<null>(ctx, () => null)
  }

  override fetch(request: Request): Promise<Response> {
    return this.shell.fetch(request)
  }

  override webSocketMessage(socket: WebSocket, data: string | ArrayBuffer): void {
    this.shell.message(socket, data)
  }

  override webSocketClose(socket: WebSocket, code: number): void {
    this.shell.close(socket, code)
  }

  override alarm(): Promise<void> {
    return this.shell.beat(() => this.shell.engine.beat(() => Promise.resolve()))
  }
}

/** Engine.IO alone: every message comes back. */
export class SampleEngine extends SampleObject {
  constructor(ctx: DurableObjectState, env: Cloudflare.Env) {
    super(ctx, env)
    const upper: UpperLayer<Membership<null>> = {
      create: () => ({ sockets: new Map(), pending: new Map(), fragments: null }),
      message: (session, data) => engine.send(session, [data]),
      ended: () => undefined,
      isConnected: () => true,
    }
    const engine = new EngineServer({ ...options, upper, store: this.shell.keeper })
    this.shell.start(engine)
  }
}

/** Socket.IO: tells what came with the connection, and says again what is said to it. */
export class SampleSocketIo extends SampleObject {
  constructor(ctx: DurableObjectState, env: Cloudflare.Env) {
    super(ctx, env)
    const application: SocketApplication<null> = {
      connect: (attempt) => {
        if (attempt.nsp !== '/' && attempt.nsp !== '/custom') return attempt.refuse('Invalid namespace')
        const socket = attempt.accept(null, crypto.randomUUID())
        if (socket) server.emit(socket, ['auth', attempt.auth])
      },
      event: (socket, name, args, answer) => {
        if (name === 'message') server.emit(socket, ['message-back', ...args])
        if (name === 'message-with-ack') answer?.(...args)
        if (name === 'ask') server.emit(socket, ['question', ...args], 7)
      },
      acknowledged: (socket, id, args) => server.emit(socket, ['answered', id, ...args]),
      disconnected: () => undefined,
    }
    const server = new SocketServer(application, { ...options, store: this.shell.keeper })
    this.shell.start(server.engine)
  }
}
