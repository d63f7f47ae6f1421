import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { HubPass } from '#packages/protocol/hub-pass.ts'
import { MAX_EVENTS, MAX_SOCKETS_PER_USER } from './limits.ts'
import { newPerson, numbers, rideEvent } from './testing/person.ts'
import { type Device, heard, Town } from './testing/town.ts'

type Step =
  | { kind: 'tell'; ids: readonly number[] }
  | { kind: 'flood'; count: number }
  | { kind: 'join'; session: number; gateway: boolean; from: 'last' | 'nowhere' | number }
  | { kind: 'leave' | 'ack'; device: number }
  | { kind: 'evict' | 'crash' | 'ring' }
  | { kind: 'wait'; ms: number }

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('tell' as const), ids: fc.array(fc.nat(40), { maxLength: 5 }) }),
  fc.record({ kind: fc.constant('flood' as const), count: fc.integer({ min: 50, max: 200 }) }),
  fc.record({
    kind: fc.constant('join' as const),
    session: fc.nat(3),
    gateway: fc.boolean(),
    from: fc.oneof(fc.constantFrom('last' as const, 'nowhere' as const), fc.nat(900)),
  }),
  fc.record({ kind: fc.constantFrom('leave' as const, 'ack' as const), device: fc.nat(10) }),
  fc.record({ kind: fc.constantFrom('evict' as const, 'crash' as const, 'ring' as const) }),
  fc.record({ kind: fc.constant('wait' as const), ms: fc.constantFrom(1000, 60_000, 3600_000) }),
)

/** The id of the n-th thing that can happen. */
const idOf = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`

/** What must hold: each device hears what was told, in order, without a gap or a repetition, from where it began. */
class Model {
  readonly town = new Town()
  readonly person = newPerson()
  readonly sessions: HubPass[] = [0, 1, 2, 3].map(() => this.person.pass())
  /** The ids of everything that was told, in order; the number of an event is its place. */
  readonly told: string[] = []
  readonly devices: { device: Device; start: number }[] = []
  readonly acked = new Map<string, number>()
  #floods = 0

  async tell(ids: readonly string[]): Promise<void> {
    for (const id of ids) if (!this.told.slice(-MAX_EVENTS).includes(id)) this.told.push(id)
    await this.town.hub(this.person.userId).tell(ids.map((id) => rideEvent(id)))
    await this.town.settle()
  }

  async act(each: Step): Promise<void> {
    const { town, person } = this
    const open = this.devices.filter(({ device }) => device.closed === null)
    switch (each.kind) {
      case 'tell':
        // What was told so long ago that the log has forgotten it does not come again.
        return this.tell(each.ids.map(idOf).filter((id) => !this.told.slice(0, -MAX_EVENTS).includes(id)))
      case 'flood':
        return this.tell(Array.from({ length: each.count }, () => idOf(1000 + this.#floods++)))
      case 'join':
        return this.join(each)
      case 'leave':
      case 'ack': {
        const chosen = open[each.device % Math.max(1, open.length)]?.device
        if (!chosen) return
        if (each.kind === 'leave') return town.hangUp(chosen)
        const seq = numbers(chosen.frames).at(-1)
        if (seq === undefined) return
        await town.say(chosen, { type: 'ack', seq })
        const { sessionId } = chosen.pass
        this.acked.set(sessionId, Math.max(seq, this.acked.get(sessionId) ?? 0))
        return
      }
      case 'evict':
        return town.evict(person.userId)
      case 'crash':
        // What its sockets acknowledged is lost with them; it is told again.
        this.acked.clear()
        return town.crash(person.userId)
      case 'ring':
        return town.ring(person.userId)
      case 'wait':
        return town.pass(each.ms)
    }
  }

  async join({ session, gateway, from }: Extract<Step, { kind: 'join' }>): Promise<void> {
    const pass = this.sessions[session]
    if (!pass) return
    const heardLast = this.devices
      .filter(({ device }) => device.pass.sessionId === pass.sessionId)
      .flatMap(({ device }) => numbers(device.frames))
    const after = from === 'nowhere' ? null : from === 'last' ? Math.max(0, ...heardLast) : from
    const device = gateway ? await this.town.joinVia('g1', pass, after) : await this.town.join(pass, after)
    const [snapshot] = heard(device, 'snapshot')
    expect(device.frames[0]).toBe(snapshot)
    expect(snapshot?.seq).toBe(this.told.length)
    if (after !== null) {
      if (after > this.told.length) expect(snapshot?.resumed).toBe(false)
      else if (after >= this.told.length - MAX_EVENTS) expect(snapshot?.resumed).toBe(true)
    }
    const first = numbers(device.frames)[0] ?? this.told.length + 1
    const start = after !== null && snapshot?.resumed ? after : first - 1
    // Without a number it goes on from what its session acknowledged, or from here: it never skips what is unacknowledged.
    if (after === null && snapshot?.resumed) {
      expect(start).toBeLessThanOrEqual(this.acked.get(pass.sessionId) ?? this.told.length)
    }
    this.devices.push({ device, start })
  }

  check(): void {
    for (const { device, start } of this.devices) {
      const seqs = numbers(device.frames)
      expect(seqs).toEqual(seqs.map((_, n) => start + 1 + n))
      if (device.closed === null) expect(start + seqs.length).toBe(this.told.length)
      const ids = heard(device, 'ride:updated').map(({ id }) => id)
      expect(ids).toEqual(this.told.slice(start, start + seqs.length))
    }
    const open = this.devices.filter(({ device }) => device.closed === null)
    expect(open.length).toBeLessThanOrEqual(MAX_SOCKETS_PER_USER)
  }
}

test('whatever happens, every device hears everything in order, from where it began, once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const model = new Model()
      for (const each of steps) {
        await model.act(each)
        model.check()
      }
      expect(model.town.reports).toEqual([])
    }),
    { numRuns: 150 },
  )
}, 60_000)
