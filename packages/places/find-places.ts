import { Problem } from '#packages/errors/problem.ts'
import { offlinePlaces } from './gazetteer/offline-places.ts'
import { autocomplete } from './google/autocomplete.ts'
import { details, locate } from './google/details.ts'
import { geocode, reverseGeocode } from './google/geocode.ts'
import { GOOGLE_PLACE_ID, isGazetteerId } from './place-id.ts'
import type { PlacesPort } from './places-port.ts'
import { type Memory, positionCache } from './position-cache.ts'
import { askUntilItFails, REST_MS } from './rest.ts'

export interface PlacesSettings {
  /** Of Google Maps Platform, with Places API (New) and Geocoding API; empty: the gazetteer alone. */
  apiKey: string
  memory: Memory
  /** Unix ms. */
  clock: () => number
  /** Told why Google's answer was not had. */
  onFallback: (reason: unknown) => void
}

/**
 * Places from Google, and towns from the gazetteer where it does not answer, answers late or answers garbage. While
 * it keeps failing it is not asked, so that nobody waits for it at every letter.
 */
export function findPlaces({ apiKey, memory, clock, onFallback }: PlacesSettings): PlacesPort {
  const positions = positionCache(memory)
  const asker = () => askUntilItFails({ isKnown: apiKey !== '', clock, onFallback })
  const [askPlaces, askGeocoding] = [asker(), asker()]

  /** Google alone knows its own places; without a key there are none. */
  async function askOfGoogles<Answer>(
    placeId: string,
    from: () => Promise<Answer>,
  ): Promise<Answer | undefined> {
    if (apiKey === '' || !GOOGLE_PLACE_ID.test(placeId)) return undefined
    const asked = await askPlaces(from)
    if (!asked)
      throw new Problem('dependency_unavailable', {
        detail: 'Google does not answer',
        retryAfter: Math.ceil(REST_MS / 1000),
      })
    return asked.answer
  }

  return {
    async autocomplete(input, asking) {
      const asked = asking.offline ? undefined : await askPlaces(() => autocomplete(apiKey, input, asking))
      return asked?.answer ?? offlinePlaces.autocomplete(input, asking)
    },
    async geocode(address, { language, offline }) {
      const asked = offline ? undefined : await askGeocoding(() => geocode(apiKey, address, language))
      if (!asked) return offlinePlaces.geocode(address)
      await positions.keepAll(asked.answer)
      return asked.answer
    },
    async reverseGeocode(position, { language, offline }) {
      const asked = offline ? undefined : await askGeocoding(() => reverseGeocode(apiKey, position, language))
      if (!asked) return offlinePlaces.reverseGeocode(position)
      await positions.keepAll(asked.answer)
      return asked.answer[0]
    },
    async details(placeId, asking) {
      if (isGazetteerId(placeId)) return offlinePlaces.details(placeId)
      const found = await askOfGoogles(placeId, () => details(apiKey, placeId, asking))
      if (found) await positions.keepAll([found])
      return found
    },
    async locate(placeId) {
      if (isGazetteerId(placeId)) return offlinePlaces.details(placeId)?.position
      const kept = await positions.recall(placeId)
      if (kept) return kept
      const found = await askOfGoogles(placeId, () => locate(apiKey, placeId))
      if (found) await positions.keep(placeId, found)
      return found
    },
  }
}
