import { inject } from 'vitest'
import { z } from 'zod'

const Operation = z.looseObject({
  operationId: z.string(),
  security: z.array(z.unknown()).optional(),
  parameters: z.array(z.looseObject({ name: z.string() })).optional(),
  requestBody: z
    .object({
      required: z.boolean().optional(),
      content: z.record(z.string(), z.object({ schema: z.record(z.string(), z.unknown()) })),
    })
    .optional(),
  responses: z.record(
    z.string(),
    z.looseObject({ description: z.string(), content: z.record(z.string(), z.unknown()).optional() }),
  ),
})

const OpenApi = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), Operation)),
  components: z.looseObject({ schemas: z.record(z.string(), z.record(z.string(), z.unknown())) }),
})
export type OpenApi = z.infer<typeof OpenApi>

export interface DeclaredOperation {
  id: string
  /** In capitals. */
  method: string
  /** With parameters as `{id}`. */
  path: string
  /** Needs an access token. */
  secured: boolean
  /** Needs a driver profile. */
  forDrivers: boolean
  /** Takes an Idempotency-Key. */
  idempotent: boolean
  /** Whether it wants a body. */
  bodyRequired: boolean
  /** The JSON schema of its body, if it takes one. */
  bodySchema: Record<string, unknown> | undefined
}

const isEmpty = (value: unknown) => Object.keys(Object(value)).length === 0

let loading: Promise<OpenApi> | undefined

/** The OpenAPI document of the system under test. */
export function readDocument(): Promise<OpenApi> {
  loading ??= fetch(new URL('/openapi.json', inject('url')))
    .then((response) => response.json())
    .then((document) => OpenApi.parse(document))
  return loading
}

/** Every operation that the document declares. */
export async function readOperations(): Promise<DeclaredOperation[]> {
  const { paths } = await readDocument()
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(
      ([method, { operationId: id, security, parameters, requestBody, responses }]) => ({
        ...{ id, method: method.toUpperCase(), path },
        // An empty requirement says that it answers without a token too.
        secured: security !== undefined && !security.some((each) => isEmpty(each)),
        idempotent: parameters?.some(({ name }) => name === 'idempotency-key') ?? false,
        forDrivers: responses['403']?.description.includes('driver_profile_required') ?? false,
        bodyRequired: requestBody?.required ?? false,
        bodySchema: requestBody?.content['application/json']?.schema,
      }),
    ),
  )
}

/** A concrete path, with an id for every parameter. */
export function fillPath(path: string, id: string = crypto.randomUUID()): string {
  return path.replaceAll(/\{\w+\}/g, id)
}
