import { z } from 'zod'
import { googleError } from '../google-error.ts'
import { drawRoad, drivingSeconds } from './draw-road.ts'
import { townById } from './gazetteer.ts'
import { encodePolyline, type Position, pathMetres } from './measure.ts'
import { positionOf, toLatLng } from './places.ts'

const MAX_INTERMEDIATES = 25

const Waypoint = z.strictObject({
  location: z
    .strictObject({
      latLng: z.object({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) }),
      heading: z.number().int().min(0).max(360).optional(),
    })
    .optional(),
  placeId: z.string().optional(),
  address: z.string().optional(),
  via: z.boolean().optional(),
  vehicleStopover: z.boolean().optional(),
  sideOfRoad: z.boolean().optional(),
})

const ComputeRoutes = z.looseObject({
  origin: Waypoint,
  destination: Waypoint,
  intermediates: z.array(Waypoint).max(MAX_INTERMEDIATES).optional(),
  travelMode: z.enum(['DRIVE', 'TWO_WHEELER', 'BICYCLE', 'WALK']).optional(),
  polylineEncoding: z.enum(['ENCODED_POLYLINE', 'GEO_JSON_LINESTRING']).optional(),
})

function resolve(waypoint: z.infer<typeof Waypoint>): Position | undefined {
  if (waypoint.location) return positionOf(waypoint.location.latLng)
  return waypoint.placeId === undefined ? undefined : townById(waypoint.placeId)?.position
}

/** `POST /directions/v2:computeRoutes`: one route with a leg for each pair of neighbouring stops. */
export function computeRoutes(body: unknown): Record<string, unknown> | Response {
  const parsed = ComputeRoutes.safeParse(body)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    return googleError('INVALID_ARGUMENT', `Invalid value at '${issue?.path.join('.')}': ${issue?.message}`)
  }
  const { origin, destination, intermediates = [], polylineEncoding } = parsed.data
  const stops = [origin, ...intermediates, destination].map(resolve)
  const present = (path: Position[]) =>
    polylineEncoding === 'GEO_JSON_LINESTRING'
      ? { geoJsonLinestring: { type: 'LineString', coordinates: path.map(({ lat, lng }) => [lng, lat]) } }
      : { encodedPolyline: encodePolyline(path) }
  const roads: Position[][] = []
  for (const [index, to] of stops.entries()) {
    const from = index === 0 ? to : stops[index - 1]
    if (!from || !to) return googleError('INVALID_ARGUMENT', 'Waypoints need a location or a known place id.')
    if (index > 0) roads.push(drawRoad(from, to))
  }
  const legs = roads.map((path) => {
    const metres = Math.round(pathMetres(path))
    const duration = `${drivingSeconds(metres)}s`
    const [start = { lat: 0, lng: 0 }] = path
    const end = path.at(-1) ?? start
    return {
      distanceMeters: metres,
      duration,
      staticDuration: duration,
      polyline: present(path),
      startLocation: { latLng: toLatLng(start) },
      endLocation: { latLng: toLatLng(end) },
    }
  })
  const seconds = legs.reduce((sum, { distanceMeters }) => sum + drivingSeconds(distanceMeters), 0)
  const whole = roads.flatMap((path, index) => (index === 0 ? path : path.slice(1)))
  return {
    routes: [
      {
        routeLabels: ['DEFAULT_ROUTE'],
        legs,
        distanceMeters: legs.reduce((sum, { distanceMeters }) => sum + distanceMeters, 0),
        duration: `${seconds}s`,
        staticDuration: `${seconds}s`,
        polyline: present(whole),
        description: '',
      },
    ],
  }
}
