import { DurableObject } from 'cloudflare:workers'
import { Gateway } from '#packages/gateway/gateway.ts'
import { type Member, readMember } from '#packages/gateway/member.ts'
import { newId } from '#packages/gateway/new-id.ts'
import { SESSIONS_PER_SHARD } from '#packages/gateway/shards.ts'
import type { Gateway as GatewayCalls, GatewayOrder, GatewaySource } from '#packages/protocol/gateway-link.ts'
import { endCode } from '#packages/socketio/session-ends.ts'
import { engineSettings } from '#packages/socketio/settings.ts'
import { collectMetrics } from '../metrics/collect-metrics.ts'
import { backendOf, type GatewayBindings, gatewaySurroundings } from './gateway-bindings.ts'
import { SocketShell } from './socket-shell.ts'

/**
 * A shard of the Socket.IO server: the sessions whose ids begin with its name. A raw Durable Object, as the engine needs
 * hooks that partyserver keeps for itself. It hibernates between heartbeats; every wake makes it anew from the attachments
 * of its sockets and its storage.
 */
export class SocketGateway extends DurableObject<GatewayBindings> implements GatewayCalls {
  readonly #shell: SocketShell<Member>
  readonly #gateway: Gateway
  readonly #metrics

  constructor(ctx: DurableObjectState, env: GatewayBindings) {
    super(ctx, env)
    const name = ctx.id.name ?? ''
    this.#metrics = env.METRICS && collectMetrics(env.METRICS)
    this.#shell = new SocketShell(ctx, readMember)
    this.#gateway = new Gateway(name, gatewaySurroundings(env, backendOf(ctx)), {
      settings: engineSettings,
      store: this.#shell.keeper,
      newSid: () => `${name}.${newId()}`,
      clock: Date.now,
      maxSessions: SESSIONS_PER_SHARD,
      ended: (end, lived) => this.#count(endCode(end), lived / 1000),
    })
    this.#shell.start(this.#gateway.server.engine)
    for (const client of this.#gateway.server.sockets()) this.#gateway.add(client)
  }

  override fetch(request: Request): Promise<Response> {
    return this.#shell.fetch(request)
  }

  override webSocketMessage(socket: WebSocket, data: string | ArrayBuffer): void {
    this.#shell.message(socket, data)
  }

  override webSocketClose(socket: WebSocket, code: number): void {
    this.#shell.close(socket, code)
  }

  override webSocketError(socket: WebSocket): void {
    this.#shell.close(socket, 1011)
  }

  override async alarm(): Promise<void> {
    await this.#shell.beat(() => this.#gateway.beat())
    if (this.#metrics?.isDue()) await this.#metrics.flush()
  }

  #count(code: number, seconds: number): void {
    this.#metrics?.observe('socketIoSession', code, seconds)
    // What did not get there goes along with the next.
    if (this.#metrics?.isDue()) this.ctx.waitUntil(this.#metrics.flush().catch(() => undefined))
  }

  /** RPC: what rooms and hubs say to clients here. */
  take(source: GatewaySource, orders: readonly GatewayOrder[]): Promise<string[]> {
    return this.#gateway.take(source, orders)
  }
}
