import { fold } from './fold.ts'

/** Letters that scripts of India, or people who write them in Latin, do not tell apart; `a` and `h` come and go. */
const ALIKE: Readonly<Record<string, string>> = {
  ...{ a: '', h: '', e: 'i', y: 'i', o: 'u', w: 'v', m: 'n', q: 'k', x: 'ks' },
  // Tamil writes voiced and voiceless stops with one letter.
  ...{ g: 'k', d: 't', b: 'p', f: 'p', j: 's', c: 's', z: 's' },
}

/** What a name sounds like, roughly: the same for `Mumbai` and मुंबई, `Madurai` and மதுரை. */
export function sound(name: string): string {
  const [first = '', ...rest] = fold(name).replaceAll(' ', '')
  const start = 'ah'.includes(first) ? first : (ALIKE[first] ?? first)
  return (start + rest.map((letter) => ALIKE[letter] ?? letter).join('')).replaceAll(/(.)\1+/gu, '$1')
}
