import { z } from '@hono/zod-openapi'
import { PLACE_SOURCES } from '#packages/places/place.ts'
import { PLACE_ID } from '#packages/places/place-id.ts'
import { line, Position } from '../http/shapes.ts'

const MAX_INPUT_LENGTH = 100
const MAX_ADDRESS_LENGTH = 300

/** Nothing but digits is a number here: an empty parameter is a mistake, not zero. */
const degrees = (most: number) =>
  z
    .string()
    .regex(/^-?\d{1,3}(\.\d{1,20})?$/, { error: 'Not a number of degrees', abort: true })
    .transform(Number)
    .pipe(z.number().min(-most).max(most))
    .openapi({ type: 'number', minimum: -most, maximum: most })
export const Latitude = degrees(90)
export const Longitude = degrees(180)

/** What is typed into a search field. */
export const Input = line(MAX_INPUT_LENGTH)
export const Address = line(MAX_ADDRESS_LENGTH)

/** Made anew by the app whenever somebody begins to type; good until they choose, and for ten minutes. */
export const SessionToken = z.uuid().openapi({
  description: 'Binds the typing and the choice together: one for each, made by the app. 409 once it is over.',
})

/** Of Google, or of the gazetteer (`gn.1277333`). */
export const PlaceId = z.string().regex(PLACE_ID)

const Source = z.enum(PLACE_SOURCES).openapi({
  description: 'Whose words they are, for the attribution: Powered by Google, or GeoNames (CC BY 4.0)',
})

export const Suggestion = z
  .object({
    placeId: z.string(),
    text: z.string().openapi({ example: 'Mysuru, Karnataka, India' }),
    name: z.string(),
    area: z.string().openapi({ description: 'What the name alone does not say' }),
    distance: z.int().nullable().openapi({ description: 'Straight metres from where the person is' }),
    source: Source,
  })
  .openapi('PlaceSuggestion')

export const Place = z
  .object({
    placeId: z.string().openapi({ description: 'May be kept for as long as one likes; nothing else may' }),
    name: z.string(),
    address: z.string(),
    locality: z.string().nullable(),
    state: z.string().nullable(),
    position: Position,
    source: Source,
  })
  .openapi('Place')
