import type { Position } from '#packages/geo/position.ts'
import type { Place, Suggestion } from './place.ts'

/** How somebody asks for places. */
export interface Asking {
  /** For the words of the answer, BCP 47. */
  language: string
  /** Binds the typing and the choice that ends it together, so that they are billed as one; a UUID. */
  session?: string | undefined
  /** Only what is known here: nobody else is asked. */
  offline?: boolean | undefined
}

/** Whoever knows places. Only `details` and `locate` of a place of Google's can fail: its gazetteer knows all others. */
export interface PlacesPort {
  /**
   * What somebody who typed so much may mean, the likeliest first.
   * @param near where they are: near places come first
   */
  autocomplete(
    input: string,
    asking: Asking & { near?: Position | undefined; limit: number },
  ): Promise<Suggestion[]>
  /** Places of this address or name, the likeliest first. */
  geocode(address: string, asking: Asking): Promise<Place[]>
  /** The address at a position, or the nearest place. Undefined: there is none. */
  reverseGeocode(position: Position, asking: Asking): Promise<Place | undefined>
  /** Undefined: no such place. Throws `dependency_unavailable` where only Google knows it and does not answer. */
  details(placeId: string, asking: Asking): Promise<Place | undefined>
  /**
   * Where a place is, from memory where possible. Undefined: no such place.
   * Throws `dependency_unavailable` where only Google knows it and does not answer.
   */
  locate(placeId: string): Promise<Position | undefined>
}
