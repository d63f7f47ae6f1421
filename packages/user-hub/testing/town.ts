import { linkId, readLinkId } from '#packages/gateway-orders/link-id.ts'
import type { GatewayOrder } from '#packages/protocol/gateway-link.ts'
import type { HubPass } from '#packages/protocol/hub-pass.ts'
import { HubServerFrame } from '#packages/protocol/hub-server-frame.ts'
import { createHub } from '../create-hub.ts'
import { MemberRecord } from '../hub-record.ts'
import { MemoryLog } from '../memory-log.ts'
import { type HubPlace, RunningHub } from '../running-hub.ts'
import type { HubSurroundings } from '../surroundings.ts'

/** A client's end of a connection. */
export interface Device {
  readonly id: string
  readonly pass: HubPass
  readonly frames: HubServerFrame[]
  /** A close reason, or what became of it. */
  closed: string | null
  /** What is kept with its own socket, as JSON. */
  record: string | null
}

/** SQLite says nothing of what is not in it. */
class StoredLog extends MemoryLog {
  override bounds(): ReturnType<MemoryLog['bounds']> {
    const bounds = super.bounds()
    return bounds.oldestAt === null ? { newest: 0, floor: 0, oldestAt: null } : bounds
  }
}

/** The object of one person, as the platform treats it: storage, sockets, an alarm, and a memory that may be lost. */
class House {
  readonly stored = new Map<string, string>()
  readonly log = new StoredLog()
  readonly devices = new Map<string, Device>()
  alarmAt: number | null = null
  writes = 0
  awake: RunningHub | null = null
}

/** People and their hubs, in memory, with a clock that only the test moves. */
export class Town {
  now = Date.UTC(2026, 10, 22, 6)
  /** Whom the database lets watch whom, `watcher>watched`; null: it does not answer. */
  watchable: Set<string> | null = new Set()
  readonly conversations = new Map<string, string[]>()
  readonly offline: { userId: string; since: number }[] = []
  readonly delivered: { userId: string; messageIds: readonly string[] }[] = []
  readonly reports: string[] = []
  readonly lostGateways = new Set<string>()
  asked = 0
  /** What the database waits for before it says who takes part in a conversation. */
  slowly: Promise<void> = Promise.resolve()
  readonly #houses = new Map<string, House>()
  readonly #surroundings: HubSurroundings
  #joined = 0

  constructor() {
    this.#surroundings = {
      people: {
        watchable: async (userId, users) => {
          this.asked += 1
          const { watchable } = this
          if (watchable === null) throw new Error('no database')
          return users.filter((other) => watchable.has(`${userId}>${other}`))
        },
        othersIn: async (conversationId, userId) => {
          this.asked += 1
          await this.slowly
          const members = this.conversations.get(conversationId) ?? []
          return members.includes(userId) ? members.filter((id) => id !== userId) : []
        },
        delivered: async (userId, messageIds) => {
          this.delivered.push({ userId, messageIds })
        },
        takeOffline: async (userId, since) => {
          if (this.watchable === null) throw new Error('no database')
          this.offline.push({ userId, since })
        },
      },
      hubOf: (userId) => this.hub(userId),
      gateway: (name) => ({ take: async (_, orders) => this.#take(name, orders) }),
      now: () => this.now,
      report: (message) => void this.reports.push(message),
    }
  }

  hub(userId: string): RunningHub {
    const house = this.house(userId)
    house.awake ??= new RunningHub(this.#rebuild(userId, house), this.#place(house), this.#surroundings)
    return house.awake
  }

  house(userId: string): House {
    const known = this.#houses.get(userId) ?? new House()
    this.#houses.set(userId, known)
    return known
  }

  async join(pass: HubPass, after: number | null = null): Promise<Device> {
    const device = this.#device(pass, `s${++this.#joined}`)
    this.hub(pass.userId).join({ id: device.id, pass, after })
    await this.settle()
    return device
  }

  async joinVia(
    gateway: string,
    pass: HubPass,
    after: number | null = null,
  ): Promise<Device & { rides: string[] }> {
    const link = { gateway, socket: `s${++this.#joined}` }
    const device = this.#device(pass, linkId(link))
    const outcome = await this.hub(pass.userId).joinVia(link, pass, after)
    if ('closed' in outcome) this.#shut(device, outcome.closed)
    else for (const frame of outcome.frames) this.#hear(device, frame)
    await this.settle()
    return Object.assign(device, { rides: 'rides' in outcome ? outcome.rides : [] })
  }

  async say(device: Device, frame: unknown): Promise<void> {
    if (device.closed !== null) return
    const text = typeof frame === 'string' || frame === null ? frame : JSON.stringify(frame)
    const link = readLinkId(device.id)
    const hub = this.hub(device.pass.userId)
    if (link && text !== null) await hub.sayVia(link, [text])
    else hub.receive(device.id, text)
    await this.settle()
  }

  async hangUp(device: Device): Promise<void> {
    if (device.closed !== null) return
    const link = readLinkId(device.id)
    // A socket that wakes its hub by closing is still there for it to read.
    const hub = this.hub(device.pass.userId)
    this.#shut(device, 'hung up')
    if (link) await hub.leaveVia(link)
    else hub.leave([device.id])
    await this.settle()
  }

  /** Memory is lost; storage and sockets survive. */
  evict(userId: string): void {
    this.house(userId).awake = null
  }

  /** The machine is lost: its own sockets with it, and nobody says so. */
  crash(userId: string): void {
    for (const device of this.house(userId).devices.values()) {
      if (readLinkId(device.id) === null) this.#shut(device, 'lost')
    }
    this.evict(userId)
  }

  async ring(userId: string): Promise<void> {
    this.house(userId).alarmAt = null
    this.hub(userId).ring()
    await this.settle()
  }

  /** Lets time pass; alarms ring when they are due. */
  async pass(ms: number): Promise<void> {
    const until = this.now + ms
    for (;;) {
      const due = [...this.#houses].filter(([, { alarmAt }]) => alarmAt !== null && alarmAt <= until)
      const [next] = due.toSorted(([, a], [, b]) => (a.alarmAt ?? 0) - (b.alarmAt ?? 0))
      if (!next) break
      this.now = Math.max(this.now, next[1].alarmAt ?? 0)
      await this.ring(next[0])
    }
    this.now = until
  }

  /** Waits for the errands that are under way. */
  async settle(): Promise<void> {
    for (let step = 0; step < 30; step++) await Promise.resolve()
  }

  #device(pass: HubPass, id: string): Device {
    const device: Device = { id, pass, frames: [], closed: null, record: null }
    this.house(pass.userId).devices.set(id, device)
    return device
  }

  #hear(device: Device, frame: string): void {
    device.frames.push(HubServerFrame.parse(JSON.parse(frame)))
  }

  #shut(device: Device, reason: string): void {
    device.closed = reason
    this.house(device.pass.userId).devices.delete(device.id)
  }

  #take(gateway: string, orders: readonly GatewayOrder[]): string[] {
    if (this.lostGateways.has(gateway)) throw new Error('no such gateway')
    const gone: string[] = []
    for (const order of orders) {
      for (const socket of order.sockets) {
        const id = linkId({ gateway, socket })
        const device = [...this.#houses.values()].flatMap(({ devices }) => devices.get(id) ?? [])[0]
        if (!device) gone.push(socket)
        else if (order.do === 'send') this.#hear(device, order.frame)
        else this.#shut(device, order.reason)
      }
    }
    return gone
  }

  #rebuild(userId: string, { stored, log, devices }: House) {
    const entries = [...stored].map(([key, value]) => [key, JSON.parse(value)] as const)
    const sockets = [...devices.values()].flatMap(({ id, record }) =>
      record === null ? [] : [[id, MemberRecord.parse(JSON.parse(record))] as const],
    )
    return createHub(userId, entries, log, sockets, this.now)
  }

  #place(house: House): HubPlace {
    const { stored, log, devices } = house
    return {
      send: (to, frame) =>
        to.filter((id) => {
          const device = devices.get(id)
          if (device) this.#hear(device, frame)
          return !device
        }),
      close: (id, reason) => {
        const device = devices.get(id)
        if (device) this.#shut(device, reason)
      },
      keep: (id, record) => {
        const device = devices.get(id)
        if (device) device.record = JSON.stringify(record)
      },
      put: (key, value) => {
        house.writes += 1
        stored.set(key, JSON.stringify(value))
      },
      remove: (key) => {
        house.writes += 1
        stored.delete(key)
      },
      clear: () => {
        stored.clear()
        log.clear()
      },
      append: (event) => log.append(event),
      trim: (upTo) => log.trim(upTo),
      erase: (about) => log.erase(about),
      setAlarm: (at) => {
        house.alarmAt = at
      },
    }
  }
}

/** All of one type that a device has heard. */
export function heard<Type extends HubServerFrame['type']>(
  { frames }: Device,
  type: Type,
): Extract<HubServerFrame, { type: Type }>[] {
  return frames.filter((frame): frame is Extract<HubServerFrame, { type: Type }> => frame.type === type)
}
