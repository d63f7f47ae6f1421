import { RedisError, syntaxError } from './reply.ts'

/**
 * An integer argument. Redis counts to 2^63; here it ends at 2^53, which is also where a client that parses
 * JSON numbers would stop seeing exact values.
 */
export function integer(text: string, message = 'ERR value is not an integer or out of range'): number {
  const value = /^(0|-?[1-9]\d*)$/.test(text) ? Number(text) : Number.NaN
  if (!Number.isSafeInteger(value)) throw new RedisError(message)
  return value
}

/** A double argument; `inf`, `+inf` and `-inf` are numbers too. */
export function double(text: string, message = 'ERR value is not a valid float'): number {
  const infinite = /^([+-]?)inf(inity)?$/i.exec(text)
  if (infinite) return infinite[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN
  if (Number.isNaN(value)) throw new RedisError(message)
  return value
}

/** `a 1 b 2` as pairs; a left-over argument is the arity error of `command`. */
export function pairs(args: readonly string[], command: string): [string, string][] {
  if (args.length === 0 || args.length % 2 === 1) throw wrongArity(command)
  return Array.from({ length: args.length / 2 }, (_, i) => [args[2 * i] ?? '', args[2 * i + 1] ?? ''])
}

export const wrongArity = (command: string) =>
  new RedisError(`ERR wrong number of arguments for '${command.toLowerCase()}' command`)

/** Walks over trailing options: `take` is the value after one. */
export class Options {
  private position = 0
  private readonly args: readonly string[]

  constructor(args: readonly string[]) {
    this.args = args
  }

  /** The next option in capitals, or nothing at the end. */
  next(): string | undefined {
    return this.args[this.position++]?.toUpperCase()
  }

  take(): string {
    const value = this.args[this.position++]
    if (value === undefined) throw syntaxError()
    return value
  }
}

const UNIT_MILLISECONDS: Record<string, number> = { EX: 1000, EXAT: 1000, PX: 1, PXAT: 1 }

/**
 * The instant an `EX`, `PX`, `EXAT` or `PXAT` option means, in Unix ms, or nothing for another option.
 * A time that is not positive is an error.
 */
export function expiryOption(option: string, rest: Options, now: number, command: string): number | undefined {
  const unit = UNIT_MILLISECONDS[option]
  if (unit === undefined) return undefined
  const amount = integer(rest.take())
  const instant = amount * unit + (option.endsWith('AT') ? 0 : now)
  if (amount <= 0 || !Number.isSafeInteger(instant)) {
    throw new RedisError(`ERR invalid expire time in '${command}' command`)
  }
  return instant
}

/** `[start, end]` of a range with negative indexes, clipped to `size`; empty when start > end. */
export function indexRange(start: string, stop: string, size: number): [start: number, end: number] {
  const from = integer(start)
  const to = integer(stop)
  return [Math.max(from < 0 ? size + from : from, 0), Math.min(to < 0 ? size + to : to, size - 1)]
}
