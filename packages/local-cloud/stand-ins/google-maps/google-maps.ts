import { googleError } from '../google-error.ts'
import type { Journal } from '../journal.ts'
import { readJson } from '../read-json.ts'
import { applyFieldMask } from './apply-field-mask.ts'
import { geocode } from './geocode.ts'
import { autocomplete, placeDetails } from './places.ts'
import { computeRoutes } from './routes.ts'

export interface GoogleMapsOptions {
  journal: Journal
  apiKey: string
}

const NO_KEY =
  "Method doesn't allow unregistered callers (callers without established identity). Please use API Key or other form of API consumer identity to call this API."
const NO_MASK =
  'FieldMask is a required parameter. See https://cloud.google.com/apis/docs/system-parameters on how to provide it.'

/** What a call is, where its answer comes from, and whether it must say which fields it wants. */
interface Call {
  summary: string
  maskRequired: boolean
  result: Record<string, unknown> | Response
}

async function findCall(request: Request, { hostname, pathname }: URL): Promise<Call | undefined> {
  const place = /^\/v1\/places\/([^/:]+)$/.exec(pathname)?.[1]
  if (hostname === 'places.googleapis.com') {
    if (request.method === 'POST' && pathname === '/v1/places:autocomplete') {
      return { summary: 'Autocomplete', maskRequired: false, result: autocomplete(await readJson(request)) }
    }
    if (request.method === 'GET' && place !== undefined) {
      return { summary: 'Place details', maskRequired: true, result: placeDetails(decodeURIComponent(place)) }
    }
  }
  if (
    hostname === 'routes.googleapis.com' &&
    request.method === 'POST' &&
    pathname === '/directions/v2:computeRoutes'
  ) {
    return { summary: 'Compute routes', maskRequired: true, result: computeRoutes(await readJson(request)) }
  }
  return undefined
}

/**
 * places.googleapis.com (autocomplete, details), routes.googleapis.com (computeRoutes) and maps.googleapis.com
 * (geocode) over the towns of India. 403 without a key, 400 with a wrong one or without a needed field mask.
 */
export function createGoogleMaps({ journal, apiKey }: GoogleMapsOptions) {
  const answer = async (request: Request, url: URL): Promise<Response> => {
    const key = request.headers.get('x-goog-api-key') ?? url.searchParams.get('key')
    if (!key) return googleError('PERMISSION_DENIED', NO_KEY)
    if (key !== apiKey) {
      return googleError('INVALID_ARGUMENT', 'API key not valid. Please pass a valid API key.', [
        {
          '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
          reason: 'API_KEY_INVALID',
          domain: 'googleapis.com',
        },
      ])
    }
    const call = await findCall(request, url)
    if (!call) return googleError('NOT_FOUND', 'Not found')
    const { result, summary, maskRequired } = call
    if (result instanceof Response) return result
    const mask =
      request.headers.get('x-goog-fieldmask') ??
      url.searchParams.get('fields') ??
      url.searchParams.get('$fields')
    if (!mask && maskRequired) return googleError('INVALID_ARGUMENT', NO_MASK)
    journal.add('maps', summary, { path: url.pathname, fieldMask: mask })
    if (!mask || Object.keys(result).length === 0) return Response.json(result)
    const masked = applyFieldMask(result, mask)
    if ('kept' in masked) return Response.json(masked.kept)
    return googleError(
      'INVALID_ARGUMENT',
      `Error expanding 'fields' parameter. Cannot find matching fields for path '${masked.unknown}'.`,
    )
  }

  return {
    async fetch(request: Request): Promise<Response> {
      const url = new URL(request.url)
      if (url.hostname === 'maps.googleapis.com' && url.pathname === '/maps/api/geocode/json') {
        journal.add('maps', 'Geocode', { path: url.pathname })
        return geocode(url.searchParams, apiKey)
      }
      return answer(request, url)
    },
  }
}
