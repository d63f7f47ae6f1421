import { distanceMetres, type Position } from '#packages/geo/position.ts'
import { fold } from './fold.ts'
import file from './gazetteer.json' with { type: 'json' }
import { readGazetteer, type Town } from './gazetteer.ts'
import { isIndic, romanise } from './romanise.ts'
import { type Hit, searchTowns } from './search-towns.ts'
import { sound } from './sound.ts'
import { soundedNames, spelledNames } from './town-names.ts'

/** Further than this from every town, a position is nowhere. */
const NOWHERE_METRES = 60_000

/** Towns by name, id and position. */
export interface Gazetteer {
  find(typed: string, options: { near?: Position | undefined; limit: number }): Hit[]
  byId(id: number): Town | undefined
  nearest(position: Position): Town | undefined
}

/** Reads the towns of India. It takes some milliseconds and a megabyte or two: do it once, when they are first needed. */
export function openGazetteer(): Gazetteer {
  const towns = readGazetteer(file)
  const spelled = spelledNames(towns)
  const byId = new Map(towns.map((town) => [town.id, town]))
  let sounded: typeof spelled | undefined
  return {
    find(typed, options) {
      if (!isIndic(typed)) return searchTowns(spelled, { typed: fold(typed), ...options })
      sounded ??= soundedNames(towns)
      return searchTowns(sounded, { typed: sound(romanise(typed)), ...options })
    },
    byId: (id) => byId.get(id),
    nearest(position) {
      let [best, least]: [Town | undefined, number] = [undefined, NOWHERE_METRES]
      for (const town of towns) {
        const metres = distanceMetres(position, town.position)
        if (metres < least) [best, least] = [town, metres]
      }
      return best
    },
  }
}
