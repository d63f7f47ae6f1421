import type { Position } from '#packages/geo/position.ts'
import { readGoogleRoute } from './read-google-route.ts'
import { RoadError } from './road-error.ts'
import type { Road } from './roads-port.ts'

const URL = 'https://routes.googleapis.com/directions/v2:computeRoutes'
/** A driver waits for this. */
export const GOOGLE_TIMEOUT_MS = 2_000
/** The mask decides what is computed and what it costs. */
const FIELDS = 'routes.legs.distanceMeters,routes.legs.duration,routes.legs.polyline.encodedPolyline'

const waypoint = ({ lat, lng }: Position) => ({ location: { latLng: { latitude: lat, longitude: lng } } })

/**
 * The way by road through two or more stops, without regard to today's traffic, from Google's Routes API
 * (https://developers.google.com/maps/documentation/routes/reference/rest/v2/TopLevel/computeRoutes).
 * @throws RoadError where Google does not answer in time, refuses, or answers what is no road through these stops
 */
export async function askGoogle(apiKey: string, stops: readonly Position[]): Promise<Road> {
  const [origin, ...rest] = stops.map(waypoint)
  const request = {
    origin,
    destination: rest.at(-1),
    intermediates: rest.slice(0, -1),
    travelMode: 'DRIVE',
    routingPreference: 'TRAFFIC_UNAWARE',
    polylineQuality: 'HIGH_QUALITY',
  }
  const reply = await ask(apiKey, request)
  return readGoogleRoute(reply, stops)
}

async function ask(apiKey: string, request: object): Promise<unknown> {
  try {
    const response = await fetch(URL, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-goog-api-key': apiKey, 'x-goog-fieldmask': FIELDS },
      body: JSON.stringify(request),
      redirect: 'manual',
      signal: AbortSignal.timeout(GOOGLE_TIMEOUT_MS),
    })
    if (response.status !== 200) throw new RoadError(`Google answered ${response.status}`)
    return await response.json()
  } catch (cause) {
    throw cause instanceof RoadError ? cause : new RoadError('Google does not answer', { cause })
  }
}
