import { type Connection, type ConnectionContext, Server, type WSMessage } from 'partyserver'
import { PING, PONG } from '#packages/protocol/client-frame.ts'
import type { RideEvent } from '#packages/protocol/ride-event.ts'
import { announceEvents } from '#packages/ride-room/announce-events.ts'
import type { Effect } from '#packages/ride-room/effect.ts'
import { joinRoom } from '#packages/ride-room/join-room.ts'
import { leaveRoom } from '#packages/ride-room/leave-room.ts'
import { receiveFrame } from '#packages/ride-room/receive-frame.ts'
import { ringAlarm } from '#packages/ride-room/ring-alarm.ts'
import { createRoom, type Room } from '#packages/ride-room/room.ts'
import { type MemberRecord, RoomRecord } from '#packages/ride-room/room-record.ts'
import { closeConnection } from './close-connection.ts'
import { readJoin } from './read-join.ts'
import { RoomConnections } from './room-connections.ts'

const STORAGE_KEY = 'room'

/** RFC 6455, 7.1.5: the client's Close frame had no code. partyserver answers every other one, and that it leaves hanging. */
const NO_STATUS = 1005
const NORMAL_CLOSURE = 1000

/**
 * The Durable Object of a ride, named by its id: sockets, storage and alarm around the kernel in packages/ride-room.
 * Every entry is synchronous from the room's rebuilding to its effects, so nothing interleaves and partyserver's
 * `onStart`, which RPC skips and which concurrent frames may run twice after a wake, is not needed.
 */
export class RideRoom extends Server {
  static override options = { hibernate: true }
  #room: Room | null = null
  // partyserver's getConnections() asks the platform for every socket each time; the list changes only on joins.
  readonly #connections = new RoomConnections()

  constructor(ctx: DurableObjectState, env: Cloudflare.Env) {
    super(ctx, env)
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair(PING, PONG))
  }

  override onConnect(connection: Connection<MemberRecord>, { request }: ConnectionContext): void {
    // Anything thrown from here partyserver would send to the client, with its stack.
    try {
      const join = readJoin(request.headers)
      if (join === null) return closeConnection(connection, 'unauthenticated')
      const room = this.#wake()
      this.#connections.add(connection)
      this.#perform(joinRoom(room, { id: connection.id, ...join }, Date.now()))
    } catch (error) {
      // oxlint-disable-next-line no-console -- nobody above would see it
      console.error(JSON.stringify({ level: 'error', message: 'ride room: join failed', error: String(error) }))
      closeConnection(connection, 'internal')
    }
  }

  override onMessage(connection: Connection<MemberRecord>, message: WSMessage): void {
    const text = typeof message === 'string' ? message : null
    this.#perform(receiveFrame(this.#wake(), connection.id, text, Date.now()))
  }

  override onClose(connection: Connection<MemberRecord>, code?: number): void {
    if (code === NO_STATUS) connection.close(NORMAL_CLOSURE)
    // A socket that wakes the room by closing is no longer listed, but it may carry the checkpoint.
    const room = this.#wake(connection)
    this.#connections.delete(connection.id)
    this.#perform(leaveRoom(room, connection.id, Date.now()))
  }

  override onError(connection: Connection<MemberRecord>): void {
    this.onClose(connection)
  }

  override onAlarm(): void {
    this.#perform(ringAlarm(this.#wake(), Date.now()))
  }

  override onRequest(): Response {
    return new Response('This is a WebSocket endpoint', { status: 426, headers: { Upgrade: 'websocket' } })
  }

  /** RPC: takes in what was committed about this ride. At least once and in any order is fine. */
  async announce(events: readonly RideEvent[]): Promise<void> {
    this.#perform(announceEvents(this.#wake(), events, Date.now()))
  }

  /** The room, rebuilt from storage and sockets when the object was asleep. */
  #wake(closing?: Connection<MemberRecord>): Room {
    if (this.#room !== null) return this.#room
    const stored = RoomRecord.safeParse(this.ctx.storage.kv.get(STORAGE_KEY))
    const open = this.getConnections<MemberRecord>()
    const members = this.#connections.restore(closing ? [...open, closing] : open)
    this.#room = createRoom(this.name, stored.data ?? null, members, Date.now())
    return this.#room
  }

  /** Does what the kernel asks, in its order: the output gate holds a frame until the writes before it are durable. */
  #perform(effects: readonly Effect[]): void {
    for (const effect of effects) {
      switch (effect.do) {
        case 'send':
          this.#connections.send(effect.to, effect.frame)
          break
        case 'keep':
          this.#connections.keep(effect.member, effect.record)
          break
        case 'close':
          this.#connections.close(effect.member, effect.reason)
          break
        case 'save':
          this.ctx.storage.kv.put(STORAGE_KEY, effect.record)
          break
        case 'alarm':
          // The output gate waits for it, as for every write.
          void this.ctx.storage.setAlarm(effect.at)
      }
    }
    this.#forgetGone()
  }

  /** partyserver keeps quiet about sockets that broke while closing: they are noticed when something is sent to them. */
  #forgetGone(): void {
    for (const id of this.#connections.takeGone()) {
      if (this.#room !== null) this.#perform(leaveRoom(this.#room, id, Date.now()))
    }
  }
}
