type Json = Record<string, unknown>

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whether a path names something in the value; an empty list or a missing list item says nothing against it. */
function has(value: unknown, [name, ...rest]: string[]): boolean {
  if (name === undefined) return true
  if (Array.isArray(value)) return value.length === 0 || value.some((item) => has(item, [name, ...rest]))
  return isObject(value) && name in value && has(value[name], rest)
}

function select(value: unknown, paths: string[][]): unknown {
  if (paths.some((path) => path.length === 0)) return value
  if (Array.isArray(value)) return value.map((item) => select(item, paths))
  if (!isObject(value)) return value
  const names = new Set(paths.map(([name = '']) => name))
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => names.has(name))
      .map(([name, inner]) => [
        name,
        select(
          inner,
          paths.filter(([first]) => first === name).map(([, ...rest]) => rest),
        ),
      ]),
  )
}

/** Fields that Google has and these answers never or not always hold: naming them is no mistake. */
const ABSENT_FIELDS = `suggestions.placePrediction.distanceMeters suggestions.queryPrediction
  viewport plusCode googleMapsUri primaryType timeZone rating attributions
  routes.legs.steps routes.travelAdvisory routes.legs.travelAdvisory routes.viewport routes.localizedValues
  routes.legs.localizedValues routes.optimizedIntermediateWaypointIndex routes.polyline.geoJsonLinestring
  routes.polyline.encodedPolyline geocodingResults fallbackInfo`.split(/\s+/)
const isAbsent = (path: string) => ABSENT_FIELDS.some((field) => path === field || path.startsWith(`${field}.`))

/**
 * Keeps what an `X-Goog-FieldMask` (`routes.duration,routes.legs`) names, through lists; `*` keeps all.
 * @returns a name that is no field when there is one: Google refuses such a mask
 */
export function applyFieldMask(value: Json, mask: string): { kept: unknown } | { unknown: string } {
  const names = mask.split(',').map((name) => name.trim())
  if (names.includes('*')) return { kept: value }
  const paths = names.map((name) => name.split('.'))
  const wrong = paths.find((path) => !has(value, path) && !isAbsent(path.join('.')))
  return wrong ? { unknown: wrong.join('.') } : { kept: select(value, paths) }
}
