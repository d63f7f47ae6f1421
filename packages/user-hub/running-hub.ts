import { GatewayOrders } from '#packages/gateway-orders/gateway-orders.ts'
import { isLinkId, linkId, readLinkId } from '#packages/gateway-orders/link-id.ts'
import type { CloseReason } from '#packages/protocol/close-codes.ts'
import type { GatewayLink } from '#packages/protocol/gateway-link.ts'
import type { HubJoinOutcome, Presence, UserHubCalls } from '#packages/protocol/hub-calls.ts'
import type { HubPass } from '#packages/protocol/hub-pass.ts'
import type { FleetingFrame } from '#packages/protocol/hub-server-frame.ts'
import type { UserEvent } from '#packages/protocol/user-event.ts'
import { followRides } from './clients.ts'
import type { Effect, Errand, MemberId } from './effect.ts'
import { endSessions, forgetPerson } from './end-sessions.ts'
import type { LoggedEvent } from './event-log.ts'
import type { Hub } from './hub.ts'
import type { MemberRecord } from './hub-record.ts'
import { type Joiner, joinHub } from './join-hub.ts'
import { KnownConversations } from './known-conversations.ts'
import { leaveHub } from './leave-hub.ts'
import { MAX_WAITING_TYPINGS } from './limits.ts'
import { receiveFrame } from './receive-frame.ts'
import { ringAlarm } from './ring-alarm.ts'
import { type ErrandRun, runErrand } from './run-errand.ts'
import type { HubSurroundings } from './surroundings.ts'
import { passOn, tellHub } from './tell-hub.ts'
import { hearPresence } from './watch.ts'
import { addWatcher, hidePresence } from './watchers.ts'

/** The place where a hub runs: native sockets, storage and an alarm. Everything is done at once. */
export interface HubPlace {
  /** Returns the members whose sockets are no longer open. */
  send(to: readonly MemberId[], frame: string): readonly MemberId[]
  close(member: MemberId, reason: CloseReason): void
  keep(member: MemberId, record: MemberRecord): void
  put(key: string, value: unknown): void
  remove(key: string): void
  clear(): void
  append(event: LoggedEvent): void
  trim(upTo: number): void
  erase(about: string): void
  setAlarm(at: number): void
}

/**
 * A hub at work, the same under workerd and Deno: every call is one turn of the kernel, from its state to its effects
 * without a pause, and what takes its time goes on afterwards.
 */
export class RunningHub implements UserHubCalls {
  readonly #hub: Hub
  readonly #place: HubPlace
  readonly #surroundings: HubSurroundings
  readonly #gateways: GatewayOrders
  readonly #errands: ErrandRun
  /** Errands that wait for each other. */
  #before: Promise<void> = Promise.resolve()
  #waiting = 0
  /** Found closed in this turn. */
  readonly #gone: MemberId[] = []

  constructor(hub: Hub, place: HubPlace, surroundings: HubSurroundings) {
    this.#hub = hub
    this.#place = place
    this.#surroundings = surroundings
    this.#gateways = new GatewayOrders({
      source: { user: hub.userId },
      take: (gateway, source, orders) => surroundings.gateway(gateway).take(source, orders),
      onGone: (ids) => this.leave(ids),
      onLost: (gateway, error) => {
        surroundings.report('gateway lost', { gateway, error })
        this.leave([...hub.members.keys()].filter((id) => readLinkId(id)?.gateway === gateway))
      },
    })
    const conversations = new KnownConversations((id) => surroundings.people.othersIn(id, hub.userId))
    this.#errands = { hub, surroundings, conversations, perform: (effects) => this.#perform(effects) }
  }

  join(joiner: Joiner): void {
    this.#perform(joinHub(this.#hub, joiner, this.#now))
  }

  receive(id: MemberId, text: string | null): void {
    this.#perform(receiveFrame(this.#hub, id, text, this.#now))
  }

  leave(ids: readonly MemberId[]): void {
    if (ids.length > 0) this.#perform(leaveHub(this.#hub, ids, this.#now))
  }

  ring(): void {
    this.#perform(ringAlarm(this.#hub, this.#now))
  }

  async joinVia(link: GatewayLink, pass: HubPass, after: number | null): Promise<HubJoinOutcome> {
    const id = linkId(link)
    const known = this.#hub.clients.get(pass.pid ?? '')?.sessionId === pass.sessionId
    const effects = joinHub(this.#hub, { id, pass, after }, this.#now)
    const refused = effects.find((effect) => effect.do === 'close' && effect.member === id)
    const isGreeting = (effect: Effect) => effect.do === 'send' && effect.to[0] === id
    this.#perform(effects.filter((effect) => effect !== refused && !isGreeting(effect)))
    if (refused?.do === 'close') return { closed: refused.reason }
    const frames = effects.flatMap((effect) =>
      effect.do === 'send' && isGreeting(effect) ? [effect.frame] : [],
    )
    return { frames, rides: this.#hub.clients.get(pass.pid ?? '')?.rides ?? [], known }
  }

  async sayVia(link: GatewayLink, frames: readonly string[]): Promise<boolean> {
    const id = linkId(link)
    if (!this.#hub.members.has(id)) return false
    for (const frame of frames) this.receive(id, frame)
    return true
  }

  async leaveVia(link: GatewayLink): Promise<void> {
    this.leave([linkId(link)])
  }

  async follow(pid: string, rideIds: readonly string[]): Promise<void> {
    this.#perform(followRides(this.#hub, pid, rideIds, this.#now))
  }

  async watch(watcherId: string): Promise<Presence> {
    const { presence, effects } = addWatcher(this.#hub, watcherId, this.#now)
    this.#perform(effects)
    return presence
  }

  async hearPresence(userId: string, presence: Presence): Promise<boolean> {
    const { watched, effects } = hearPresence(this.#hub, userId, presence, this.#now)
    this.#perform(effects)
    return watched
  }

  async passOn(frame: FleetingFrame): Promise<void> {
    this.#perform(passOn(this.#hub, frame, this.#now))
  }

  async tell(events: readonly UserEvent[]): Promise<boolean> {
    this.#perform(tellHub(this.#hub, events, this.#now))
    return this.#hub.members.size > 0
  }

  async endSessions(sessionIds: readonly string[]): Promise<void> {
    this.#perform(endSessions(this.#hub, sessionIds, this.#now))
  }

  async hidePresence(from: readonly string[] | 'all'): Promise<void> {
    this.#perform(hidePresence(this.#hub, from, this.#now))
  }

  async forget(): Promise<void> {
    this.#perform(forgetPerson(this.#hub, this.#now))
  }

  get #now(): number {
    return this.#surroundings.now()
  }

  #perform(effects: readonly Effect[]): void {
    for (const effect of effects) this.#act(effect)
    this.#gateways.flush()
    this.leave(this.#gone.splice(0))
  }

  #act(effect: Effect): void {
    const place = this.#place
    switch (effect.do) {
      case 'send':
        this.#gone.push(
          ...place.send(
            effect.to.filter((id) => !isLinkId(id)),
            effect.frame,
          ),
        )
        return this.#gateways.send(effect.to, effect.frame)
      case 'close':
        if (isLinkId(effect.member)) return this.#gateways.close(effect.member, effect.reason)
        return place.close(effect.member, effect.reason)
      case 'keep':
        return place.keep(effect.member, effect.record)
      case 'put':
        return place.put(effect.key, effect.value)
      case 'remove':
        return place.remove(effect.key)
      case 'clear':
        return place.clear()
      case 'append':
        return place.append(effect.event)
      case 'trim':
        return place.trim(effect.upTo)
      case 'erase':
        return place.erase(effect.about)
      case 'alarm':
        return place.setAlarm(effect.at)
      case 'errand':
        if (effect.errand.kind === 'typing') return this.#inOrder(effect.errand)
        void runErrand(this.#errands, effect.errand)
    }
  }

  /** One after the other: who has stopped writing must not be heard of before they began. */
  #inOrder(errand: Errand): void {
    if (this.#waiting >= MAX_WAITING_TYPINGS) return
    this.#waiting += 1
    this.#before = this.#runAfter(this.#before, errand)
  }

  async #runAfter(before: Promise<void>, errand: Errand): Promise<void> {
    await before
    await runErrand(this.#errands, errand)
    this.#waiting -= 1
  }
}
