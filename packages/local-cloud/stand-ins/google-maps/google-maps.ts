import { z } from 'zod'
import { googleError } from '../google-error.ts'
import type { Journal } from '../journal.ts'
import { readJson } from '../read-json.ts'
import { applyFieldMask } from './apply-field-mask.ts'
import { geocode } from './geocode.ts'
import { autocomplete, DETAILS_PARAMETERS, placeDetails } from './places.ts'
import { computeRoutes } from './routes.ts'
import { Sessions } from './sessions.ts'

export interface GoogleMapsOptions {
  journal: Journal
  apiKey: string
}

const NO_KEY =
  "Method doesn't allow unregistered callers (callers without established identity). Please use API Key or other form of API consumer identity to call this API."
const NO_MASK =
  'FieldMask is a required parameter. See https://cloud.google.com/apis/docs/system-parameters on how to provide it.'

const DETAILS = 'Place details'

/** What a call is, where its answer comes from, and whether it must say which fields it wants. */
interface Call {
  summary: string
  maskRequired: boolean
  result: Record<string, unknown> | Response
  /** Said by who types and chooses; absent: it is of no session. */
  sessionToken?: string | undefined
  language?: string | undefined
}

const Said = z.object({ sessionToken: z.string().optional(), languageCode: z.string().optional() }).catch({})

async function findCall(
  request: Request,
  { hostname, pathname, searchParams }: URL,
): Promise<Call | undefined> {
  const place = /^\/v1\/places\/([^/:]+)$/.exec(pathname)?.[1]
  if (hostname === 'places.googleapis.com') {
    if (request.method === 'POST' && pathname === '/v1/places:autocomplete') {
      const body = await readJson(request)
      const { sessionToken, languageCode: language } = Said.parse(body)
      return {
        summary: 'Autocomplete',
        maskRequired: false,
        result: autocomplete(body),
        sessionToken,
        language,
      }
    }
    if (request.method === 'GET' && place !== undefined) {
      const unknown = [...searchParams.keys()].find((name) => !DETAILS_PARAMETERS.has(name))
      const result = unknown
        ? googleError('INVALID_ARGUMENT', `Invalid JSON payload received. Unknown name "${unknown}"`)
        : placeDetails(decodeURIComponent(place))
      const { sessionToken, languageCode: language } = Said.parse(Object.fromEntries(searchParams))
      return { summary: DETAILS, maskRequired: true, result, sessionToken, language }
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
 * (geocode) over the towns of India. 403 without a key, 400 with a wrong one, without a needed field mask, or with what is
 * no session token.
 */
export function createGoogleMaps({ journal, apiKey }: GoogleMapsOptions) {
  const sessions = new Sessions()
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
    const { result, summary, maskRequired, sessionToken, language } = call
    if (result instanceof Response) return result
    const mask =
      request.headers.get('x-goog-fieldmask') ??
      url.searchParams.get('fields') ??
      url.searchParams.get('$fields')
    if (!mask && maskRequired) return googleError('INVALID_ARGUMENT', NO_MASK)
    const billed = sessions.bill(sessionToken, { ends: summary === DETAILS })
    if (!billed) return googleError('INVALID_ARGUMENT', 'Invalid session_token.')
    const data = { path: url.pathname, fieldMask: mask, billed, language }
    journal.add('maps', summary, data, sessionToken)
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
