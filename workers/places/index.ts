import type { Operation } from '../http/operation.ts'
import { autocompletePlaces } from './autocomplete-places.ts'
import { geocodeAddress } from './geocode-address.ts'
import { getPlace } from './get-place.ts'
import { reverseGeocode } from './reverse-geocode.ts'

export const placeOperations: readonly Operation[] = [
  autocompletePlaces,
  geocodeAddress,
  reverseGeocode,
  getPlace,
]
