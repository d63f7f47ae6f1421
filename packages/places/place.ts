import type { Position } from '#packages/geo/position.ts'

/** Whose words they are: apps show the attribution that it asks for ("Powered by Google", "GeoNames, CC BY 4.0"). */
export const PLACE_SOURCES = ['google', 'geonames'] as const
export type PlaceSource = (typeof PLACE_SOURCES)[number]

/** What somebody who types may mean. */
export interface Suggestion {
  placeId: string
  /** In one line: `Mysuru, Karnataka, India`. */
  text: string
  /** `Mysuru` */
  name: string
  /** What the name alone does not say: `Karnataka, India`; empty where nothing is known. */
  area: string
  /** Straight metres from `near`; null where there is none, or nobody says. */
  distance: number | null
  source: PlaceSource
}

/** Where something is. */
export interface Place {
  placeId: string
  name: string
  address: string
  /** The town it is in or that it is, and the state; null where nobody says. */
  locality: string | null
  state: string | null
  position: Position
  source: PlaceSource
}
