import { distanceMetres, type Position } from '#packages/geo/position.ts'
import { countTypos } from './count-typos.ts'
import type { Town } from './gazetteer.ts'
import type { TownName } from './town-names.ts'

/** A town weighs as the decimal logarithm of its people; what follows is added to that. */
const WHOLE_NAME = 1
/** Its state was named as well. */
const STATE_NAMED = 2
/** It is known by this name too, but called by another. */
const OTHER_NAME = -0.6
/** The second or a later word of the name begins so. */
const LATER_WORD = -1
const EACH_TYPO = -2
/** For a town at the very place; half of it at this distance. */
const NEAR = 2.5
const NEAR_METRES = 50_000
/** So many letters, so many typos. */
const LETTERS_FOR_A_TYPO = 4
const LETTERS_FOR_TWO = 8

/** What of a town's name was typed, and how well. */
export interface Hit {
  town: Town
  score: number
  /** Its whole name was typed, without a typo. */
  whole: boolean
}

export interface TownQuery {
  /** In the letters of the names: folded, or as a sound. */
  typed: string
  near?: Position | undefined
  limit: number
}

/**
 * Towns of which a name begins with what was typed, or would but for a typo or two where too few do; the best first, by how well it
 * fits, how large they are and how near.
 */
export function searchTowns(names: readonly TownName[], { typed, near, limit }: TownQuery): Hit[] {
  if (typed === '') return []
  const best = new Map<Town, Hit>()
  const keep = (town: Town, fit: number, whole: boolean) => {
    const score = fit + Math.log10(town.population + 1) + nearness(town, near)
    const known = best.get(town)
    if (!known || known.score < score) best.set(town, { town, score, whole })
  }
  for (const name of names) {
    const fit = fitOf(name, typed)
    if (fit !== undefined) keep(name.town, fit + (name.isOther ? OTHER_NAME : 0), fit >= WHOLE_NAME)
  }
  const most = allowedTypos(typed)
  if (best.size < limit && most > 0)
    for (const { key, town } of names) {
      const typos = countTypos(typed, key, most)
      if (typos) keep(town, typos * EACH_TYPO, false)
    }
  return [...best.values()].toSorted((left, right) => right.score - left.score).slice(0, limit)
}

function fitOf({ key, state }: TownName, typed: string): number | undefined {
  if (key.startsWith(typed)) return key.length === typed.length ? WHOLE_NAME : 0
  if (typed.startsWith(key) && typed[key.length] === ' ' && state.startsWith(typed.slice(key.length + 1)))
    return WHOLE_NAME + STATE_NAMED
  return key.includes(` ${typed}`) ? LATER_WORD : undefined
}

function nearness({ position }: Town, near: Position | undefined): number {
  return near ? NEAR / (1 + distanceMetres(position, near) / NEAR_METRES) : 0
}

function allowedTypos({ length }: string): number {
  return length >= LETTERS_FOR_TWO ? 2 : length >= LETTERS_FOR_A_TYPO ? 1 : 0
}
