import { distanceMetres, type Position } from '#packages/geo/position.ts'
import type { Place, Suggestion } from '../place.ts'
import { GAZETTEER_PLACE_ID, gazetteerPlaceId } from '../place-id.ts'
import { fold } from './fold.ts'
import type { Town } from './gazetteer.ts'
import { type Gazetteer, openGazetteer } from './open-gazetteer.ts'

const MAX_GEOCODED = 5
const POSTAL_CODE = /\b\d{3} ?\d{3}\b/g

let opened: Gazetteer | undefined
/** Read once per isolate, and not before somebody needs it: starting the Worker costs nothing. */
const gazetteer = () => (opened ??= openGazetteer())

/** What the gazetteer knows. It always answers, at once, and in English. */
export const offlinePlaces = {
  autocomplete(input: string, { near, limit }: { near?: Position | undefined; limit: number }): Suggestion[] {
    const hits = gazetteer().find(input, { near, limit })
    return hits.map(({ town }) => ({
      placeId: gazetteerPlaceId(town.id),
      text: addressOf(town),
      name: town.name,
      area: areaOf(town),
      distance: near ? Math.round(distanceMetres(near, town.position)) : null,
      source: 'geonames',
    }))
  },

  /** Towns that a part of the address is the name of, if it names a state only those in it; else what was perhaps meant. */
  geocode(address: string): Place[] {
    const parts = address.replaceAll(POSTAL_CODE, '').split(',')
    const states = new Set(parts.map(fold))
    for (const part of parts) {
      const named = find(part).filter(({ whole }) => whole)
      const inState = named.filter(({ town }) => states.has(fold(town.state)))
      if (named.length > 0) return (inState.length > 0 ? inState : named).map(({ town }) => present(town))
    }
    return find(address).map(({ town }) => present(town))
  },

  reverseGeocode(position: Position): Place | undefined {
    const town = gazetteer().nearest(position)
    return town && present(town)
  },

  details(placeId: string): Place | undefined {
    const [, id] = GAZETTEER_PLACE_ID.exec(placeId) ?? []
    const town = id === undefined ? undefined : gazetteer().byId(Number(id))
    return town && present(town)
  },
}

const find = (text: string) => gazetteer().find(text, { limit: MAX_GEOCODED })

/** Delhi is in Delhi: once is enough. */
const areaOf = ({ name, state }: Town) => (name === state ? 'India' : `${state}, India`)
const addressOf = (town: Town) => `${town.name}, ${areaOf(town)}`

function present(town: Town): Place {
  const { name, state, position } = town
  return {
    ...{ placeId: gazetteerPlaceId(town.id), name, address: addressOf(town) },
    ...{ locality: name, state, position: { ...position }, source: 'geonames' },
  }
}
