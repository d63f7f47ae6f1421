import { createRoute, z } from '@hono/zod-openapi'
import { isStaffAccess } from '#db/queries/staff/load-staff.ts'
import { type ProblemCode, problemRegistry } from '#packages/errors/registry.ts'
import type { Operation } from './operation.ts'

export const ProblemShape = z
  .object({
    type: z.url(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    detail: z.string().optional(),
    requestId: z.string(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .openapi('Problem')

const Bytes = z.string().openapi({ format: 'binary' })

const problemContent = { 'application/problem+json': { schema: ProblemShape } }

const IdempotencyHeaders = z.object({
  'idempotency-key': z.string().max(200).optional().openapi({
    description: 'Makes a repetition safe: the same key and body get the same reply for 24 hours.',
  }),
})

/** The codes an operation can answer with because of what it is, before those of its own. */
function sharedErrors(op: Operation): ProblemCode[] {
  return [
    ...(op.access === 'public'
      ? []
      : (['unauthenticated', 'token_invalid', 'token_expired', 'session_revoked'] as const)),
    ...(op.access === 'driver' ? (['driver_profile_required'] as const) : []),
    ...(isStaffAccess(op.access) ? (['forbidden'] as const) : []),
    ...(op.params ? (['not_found'] as const) : []),
    ...(op.query || op.body ? (['invalid_fields'] as const) : []),
    ...(op.body
      ? ([
          op.formBytes ? 'malformed_form' : 'malformed_json',
          'unsupported_media_type',
          'body_too_large',
        ] as const)
      : []),
    ...(op.idempotent ? (['invalid_header', 'idempotency_mismatch', 'idempotency_in_flight'] as const) : []),
    'rate_limited',
    'dependency_unavailable',
  ]
}

/** Every code an operation can answer with. */
export function errorsOf(op: Operation): ProblemCode[] {
  return [...new Set([...sharedErrors(op), ...op.errors])]
}

/** What an operation streams, by media type. */
function streamed({ streams = [] }: Operation) {
  return Object.fromEntries(streams.map((type) => [type, { schema: Bytes }]))
}

/** An operation in the words of @hono/zod-openapi: the route for the router and for the document. */
export function describeRoute(op: Operation) {
  const codesByStatus = Map.groupBy(errorsOf(op), (code) => problemRegistry[code][0])
  const problems = [...codesByStatus].map(([status, codes]) => [
    status,
    { description: codes.map((code) => `\`${code}\``).join(', '), content: problemContent },
  ])
  const replies = Object.entries(op.replies).map(([status, schema]) => {
    // A status may be both: `/health` says in its own words that something is down, and may fail like any other.
    const refused = [...codesByStatus.keys()].some((code) => String(code) === status)
    const content = {
      ...(Number(status) < 300 && streamed(op)),
      ...(schema && { 'application/json': { schema } }),
      ...(refused && problemContent),
    }
    return [status, { description: op.summary, ...(Object.keys(content).length > 0 && { content }) }]
  })
  return createRoute({
    operationId: op.id,
    method: op.method,
    path: op.path,
    tags: [op.tag],
    summary: op.summary,
    ...(op.access !== 'public' && {
      security: op.access === 'optional' ? [{}, { bearer: [] }] : [{ bearer: [] }],
    }),
    request: {
      ...(op.params && { params: op.params }),
      ...(op.query && { query: op.query }),
      ...(op.idempotent && { headers: IdempotencyHeaders }),
      ...(op.body && {
        body: {
          required: !op.bodyOptional,
          content: { [op.formBytes ? 'multipart/form-data' : 'application/json']: { schema: op.body } },
        },
      }),
    },
    responses: Object.fromEntries([...problems, ...replies]),
  })
}
