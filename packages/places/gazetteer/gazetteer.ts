import type { Position } from '#packages/geo/position.ts'

/** Degrees are kept to so many parts, at most 60 m beside the original: a town has no point. */
export const PARTS_PER_DEGREE = 1000
/** What numbers are written in, and what no coordinate of India is below. */
export const RADIX = 36
export const SOUTH_WEST: Position = { lat: 6, lng: 68 }

/** Towns as gazetteer.json holds them: by GeoNames' id, rising; all columns but `others` have an item for each town. */
export interface GazetteerFile {
  /** `state` refers to them. */
  states: readonly string[]
  /** A line each. */
  names: string
  /** With spaces between, in RADIX: ids as differences, degrees as parts from SOUTH_WEST on. */
  ids: string
  state: string
  lat: string
  lng: string
  population: string
  /** Lines of an id in RADIX, a space, and a name by which the town is known too. */
  others: string
}

export interface Town {
  /** GeoNames' number. */
  id: number
  name: string
  state: string
  /** To three digits; 0 where nobody counted. */
  population: number
  position: Position
  /** Names by which it is known too. */
  others: readonly string[]
}

const numbers = (column: string) => column.split(' ').map((text) => Number.parseInt(text, RADIX))

/** The towns of the file, the largest first. */
export function readGazetteer(file: GazetteerFile): Town[] {
  const [differences, states, populations] = [file.ids, file.state, file.population].map(numbers)
  const [lats, lngs] = [file.lat, file.lng].map(numbers)
  const others = Map.groupBy(
    file.others.split('\n').map((line) => {
      const space = line.indexOf(' ')
      return { id: Number.parseInt(line.slice(0, space), RADIX), name: line.slice(space + 1) }
    }),
    (other) => other.id,
  )
  let id = 0
  const towns = file.names.split('\n').map((name, index) => {
    id += differences?.[index] ?? 0
    return {
      id,
      name,
      state: file.states[states?.[index] ?? -1] ?? '',
      population: populations?.[index] ?? 0,
      position: {
        lat: degrees(SOUTH_WEST.lat, lats?.[index] ?? 0),
        lng: degrees(SOUTH_WEST.lng, lngs?.[index] ?? 0),
      },
      others: others.get(id)?.map((other) => other.name) ?? [],
    }
  })
  return towns.toSorted((left, right) => right.population - left.population)
}

/** One division of whole numbers, so that 12.972 comes out as 12.972. */
const degrees = (from: number, parts: number) => (from * PARTS_PER_DEGREE + parts) / PARTS_PER_DEGREE
