import { fold } from './fold.ts'
import type { Town } from './gazetteer.ts'
import { sound } from './sound.ts'

/** One of a town's names as it is compared with what is typed. */
export interface TownName {
  key: string
  /** Folded, with its country: what may be typed after the name. */
  state: string
  /** Not what the town is called first. */
  isOther: boolean
  town: Town
}

/** All names of all towns as they are spelt, the largest town first. */
export const spelledNames = (towns: readonly Town[]): TownName[] => namesBy(towns, fold)

/** All names as they sound. */
export const soundedNames = (towns: readonly Town[]): TownName[] => namesBy(towns, sound)

function namesBy(towns: readonly Town[], keyOf: (name: string) => string): TownName[] {
  const states = new Map<string, string>()
  const stateOf = (state: string) => {
    const folded = states.get(state) ?? `${fold(state)} india`
    states.set(state, folded)
    return folded
  }
  return towns.flatMap((town) =>
    [town.name, ...town.others].map((name, index) => ({
      key: keyOf(name),
      state: stateOf(town.state),
      isOther: index > 0,
      town,
    })),
  )
}
