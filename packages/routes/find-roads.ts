import { askGoogle } from './ask-google.ts'
import { greatCircleRoad } from './great-circle-road.ts'
import type { RoadsPort } from './roads-port.ts'

export interface RoadSettings {
  /** Of Google Maps Platform, with the Routes API; empty: straight lines. */
  apiKey: string
  /** Told why Google's road was not had. */
  onFallback: (reason: unknown) => void
}

/** Roads from Google, and straight lines where it does not answer, answers late, or answers what is no road. */
export function findRoads({ apiKey, onFallback }: RoadSettings): RoadsPort {
  return {
    async drive(stops) {
      if (apiKey === '') return greatCircleRoad(stops)
      try {
        return await askGoogle(apiKey, stops)
      } catch (reason) {
        onFallback(reason)
        return greatCircleRoad(stops)
      }
    },
  }
}
