import type { RoomPass } from '#packages/protocol/room-pass.ts'
import type { ServerFrame } from '#packages/protocol/server-frame.ts'
import type { FakeShell, FakeSocket } from './fake-shell.ts'

type Numbered = Extract<ServerFrame, { seq: number }>
type RoomEvent = Exclude<Numbered, { type: 'snapshot' }>

/** A client that comes and goes and remembers all it heard, and for which numbers it can vouch. */
export class Device {
  readonly events: RoomEvent[] = []
  /** Ranges (from, to] in which this device must have heard everything that was for it. */
  readonly covered: { from: number; to: number }[] = []
  socket: FakeSocket | null = null
  readonly pass: (now: number) => RoomPass
  #read = 0
  #after: number | null = null

  /** When each number was heard first. */
  readonly heardAt = new Map<number, number>()
  readonly #gateway: string | undefined

  /** @param gateway that holds the device's sockets; without, they are native */
  constructor(pass: (now: number) => RoomPass, gateway?: string) {
    this.pass = pass
    this.#gateway = gateway
  }

  /** The last number it knows. */
  get last(): number {
    return Math.max(0, this.covered.at(-1)?.to ?? 0, this.events.at(-1)?.seq ?? 0)
  }

  join(shell: FakeShell, after: number | null): void {
    if (this.socket !== null) return
    this.#read = 0
    this.#after = after
    this.socket = shell.join(this.pass(shell.now), after, this.#gateway)
  }

  /** Asks for up to so many numbers before the last, but never for what it has heard. */
  resume(shell: FakeShell, back: number): void {
    if (this.socket === null) return
    const after = Math.max(0, this.events.at(-1)?.seq ?? 0, this.last - back)
    this.#after = after
    shell.say(this.socket, { type: 'resume', after })
  }

  hangUp(shell: FakeShell): void {
    if (this.socket?.closed === null) shell.hangUp(this.socket)
    this.lose()
  }

  lose(): void {
    this.socket = null
  }

  /** Takes in what came since the last call. `seq` is the room's number now: all up to it has been delivered. */
  read(seq: number): void {
    if (this.socket === null) return
    for (const [i, frame] of this.socket.frames.entries()) {
      if (i < this.#read) continue
      if (frame.type === 'snapshot') {
        this.covered.push({ from: frame.resumed ? (this.#after ?? frame.seq) : frame.seq, to: frame.seq })
      } else if ('seq' in frame) {
        this.events.push(frame)
        this.heardAt.set(frame.seq, this.socket.times[i] ?? 0)
      }
    }
    this.#read = this.socket.frames.length
    const open = this.covered.at(-1)
    if (this.socket.closed !== null) this.lose()
    else if (open) open.to = Math.max(open.to, seq)
  }
}
