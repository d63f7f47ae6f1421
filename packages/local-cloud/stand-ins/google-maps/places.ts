import { z } from 'zod'
import { googleError } from '../google-error.ts'
import { addressOf, fold, searchTowns, type Town, townById } from './gazetteer.ts'
import { distanceMetres, type Position } from './measure.ts'

const MAX_SUGGESTIONS = 5
const MAX_RADIUS_METRES = 50_000
const TOWN_TYPES = ['locality', 'political', 'geocode']

const LatLng = z.object({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) })
const Area = z
  .object({
    circle: z
      .object({ center: LatLng, radius: z.number().min(0).max(MAX_RADIUS_METRES).optional() })
      .optional(),
    rectangle: z.object({ low: LatLng, high: LatLng }).optional(),
  })
  .refine(({ circle, rectangle }) => (circle === undefined) !== (rectangle === undefined))

const Autocomplete = z.strictObject({
  input: z.string().min(1),
  /** Looked at where it is billed. */
  sessionToken: z.string().optional(),
  locationBias: Area.optional(),
  locationRestriction: Area.optional(),
  includedPrimaryTypes: z.array(z.string()).max(5).optional(),
  includedRegionCodes: z.array(z.string().length(2)).max(15).optional(),
  languageCode: z.string().optional(),
  regionCode: z.string().optional(),
  origin: LatLng.optional(),
  inputOffset: z.number().int().min(0).optional(),
  includeQueryPredictions: z.boolean().optional(),
})

export const positionOf = ({ latitude, longitude }: z.infer<typeof LatLng>): Position => ({
  lat: latitude,
  lng: longitude,
})
export const toLatLng = ({ lat, lng }: Position) => ({ latitude: lat, longitude: lng })

function inside(position: Position, { circle, rectangle }: z.infer<typeof Area>): boolean {
  if (circle) return distanceMetres(position, positionOf(circle.center)) <= (circle.radius ?? 0)
  if (!rectangle) return true
  const { low, high } = rectangle
  const { lat, lng } = position
  return lat >= low.latitude && lat <= high.latitude && lng >= low.longitude && lng <= high.longitude
}

/** The matched part of a text, as Google marks it. */
function marked(text: string, input: string) {
  const at = fold(text).indexOf(fold(input.split(',')[0] ?? ''))
  if (at === -1) return { text }
  const endOffset = at + (input.split(',')[0] ?? '').trim().length
  return { text, matches: [at === 0 ? { endOffset } : { startOffset: at, endOffset }] }
}

/** `POST /v1/places:autocomplete`: at most five towns; a bias puts near ones first, a restriction drops the others. */
export function autocomplete(body: unknown): Record<string, unknown> | Response {
  const parsed = Autocomplete.safeParse(body)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    return googleError('INVALID_ARGUMENT', `Invalid value at '${issue?.path.join('.')}': ${issue?.message}`)
  }
  const { input, locationBias, locationRestriction, origin, includedRegionCodes } = parsed.data
  if (locationBias && locationRestriction) {
    return googleError('INVALID_ARGUMENT', 'Only one of locationBias or locationRestriction may be set')
  }
  if (includedRegionCodes && !includedRegionCodes.some((code) => code.toLowerCase() === 'in')) return {}
  const near = (town: Town) => (locationBias && inside(town.position, locationBias) ? 0 : 1)
  const suggestions = searchTowns(input)
    .filter((town) => !locationRestriction || inside(town.position, locationRestriction))
    .toSorted((left, right) => near(left) - near(right))
    .slice(0, MAX_SUGGESTIONS)
    .map((town) => ({
      placePrediction: {
        place: `places/${town.placeId}`,
        placeId: town.placeId,
        text: marked(addressOf(town), input),
        structuredFormat: {
          mainText: marked(town.name, input),
          secondaryText: { text: [town.state[0], 'India'].filter(Boolean).join(', ') },
        },
        types: TOWN_TYPES,
        ...(origin && { distanceMeters: Math.round(distanceMetres(positionOf(origin), town.position)) }),
      },
    }))
  return suggestions.length > 0 ? { suggestions } : {}
}

/** Parameters of `GET /v1/places/<id>` beside the mask and the key, which also come as parameters. */
export const DETAILS_PARAMETERS: ReadonlySet<string> = new Set([
  ...['languageCode', 'regionCode', 'sessionToken', 'fields', '$fields', 'key'],
])

/** `GET /v1/places/<id>` */
export function placeDetails(placeId: string): Record<string, unknown> | Response {
  const town = townById(placeId)
  if (!town) return googleError('NOT_FOUND', 'The Place ID is no longer valid.')
  const [state, letters] = town.state
  return {
    name: `places/${town.placeId}`,
    id: town.placeId,
    types: ['locality', 'political'],
    formattedAddress: addressOf(town),
    shortFormattedAddress: town.name,
    displayName: { text: town.name, languageCode: 'en' },
    location: toLatLng(town.position),
    addressComponents: [
      { longText: town.name, shortText: town.name, types: ['locality', 'political'], languageCode: 'en' },
      {
        longText: state,
        shortText: letters,
        types: ['administrative_area_level_1', 'political'],
        languageCode: 'en',
      },
      { longText: 'India', shortText: 'IN', types: ['country', 'political'], languageCode: 'en' },
    ],
    utcOffsetMinutes: 330,
  }
}
