/** Google's are shorter, but it promises no length. */
export const MAX_PLACE_ID_LENGTH = 400
/** Of Google: no full stop. */
export const GOOGLE_PLACE_ID = /^[\w-]{16,400}$/
/** Of the gazetteer: GeoNames' number. */
export const GAZETTEER_PLACE_ID = /^gn\.([1-9]\d{0,9})$/
/** Anything that may be the id of a place. */
export const PLACE_ID = /^([\w-]{16,400}|gn\.[1-9]\d{0,9})$/

/** The id of a town of the gazetteer, by GeoNames' number. */
export const gazetteerPlaceId = (id: number): string => `gn.${id}`

/** Whether the gazetteer knows it, if anybody does. */
export const isGazetteerId = (placeId: string): boolean => GAZETTEER_PLACE_ID.test(placeId)
