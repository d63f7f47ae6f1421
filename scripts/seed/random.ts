import { elementAt } from '#packages/geo/element-at.ts'

/** A stream of numbers that looks random and is the same every time. */
export interface Random {
  /** 32 random bits, as a whole number. */
  bits(): number
  /** In [0, 1). */
  fraction(): number
  /** A whole number, both ends included. */
  whole(from: number, to: number): number
  /** One of the values, of which there is at least one. */
  pick<T>(values: readonly T[]): T
}

/** What a stream decides. Streams are apart, so that one more draw in one of them leaves the others as they are. */
const STREAMS = ['driver', 'passenger', 'route', 'there', 'back', 'documents'] as const
export type Stream = (typeof STREAMS)[number]

/** Rounds after which every bit of the key has reached every bit of the state; the number of PractRand's own seeding. */
const WARM_UP = 15

/**
 * sfc32 ("small fast counting") by Chris Doty-Humphrey, from PractRand (https://pracrand.sourceforge.net, public
 * domain): three words of state and a counter. The state starts as (seed, stream, index).
 */
export function randomStream(seed: number, stream: Stream, index: number): Random {
  let a = seed | 0
  let b = STREAMS.indexOf(stream)
  let c = index | 0
  let counter = 1
  const bits = () => {
    const sum = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return sum >>> 0
  }
  for (let round = 0; round < WARM_UP; round++) bits()

  const fraction = () => bits() / 2 ** 32
  const whole = (from: number, to: number) => from + Math.floor(fraction() * (to - from + 1))
  return { bits, fraction, whole, pick: (values) => elementAt(values, whole(0, values.length - 1)) }
}

/** A UUID version 7 (RFC 9562, section 5.7) of this instant, Unix ms, whose random bits come from a stream. */
export function randomId(random: Random, at: number): string {
  const time = at.toString(16).padStart(12, '0')
  const digits = Array.from({ length: 3 }, () => random.bits().toString(16).padStart(8, '0')).join('')
  const variant = random.pick(['8', '9', 'a', 'b'])
  const [randA, randB, randC] = [digits.slice(0, 3), digits.slice(3, 6), digits.slice(6, 18)]
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randA}-${variant}${randB}-${randC}`
}
