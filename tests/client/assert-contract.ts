import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { inject } from 'vitest'
import { z } from 'zod'
import type { ApiReply } from './api.ts'

const Document = z.looseObject({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.looseObject({
        responses: z.record(
          z.string(),
          z.looseObject({ content: z.record(z.string(), z.unknown()).optional() }),
        ),
      }),
    ),
  ),
})

const ROOT = 'openapi'
let loading: Promise<Contract> | undefined

class Contract {
  readonly #document: z.infer<typeof Document>
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true })
  readonly #validators = new Map<string, ValidateFunction>()

  constructor(document: unknown) {
    this.#document = Document.parse(document)
    addFormats.default(this.#ajv)
    this.#ajv.addSchema({ $id: ROOT, ...this.#document })
  }

  /** The declared path that a concrete one is an instance of; literal segments win over parameters. */
  findPath(pathname: string): string | undefined {
    const fits = (template: string) =>
      new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(pathname)
    return Object.keys(this.#document.paths)
      .filter(fits)
      .toSorted((a, b) => a.split('{').length - b.split('{').length)[0]
  }

  check(path: string, method: string, reply: ApiReply): string | undefined {
    const operation = this.#document.paths[path]?.[method.toLowerCase()]
    if (!operation)
      return reply.status === 405
        ? undefined
        : `${method} ${path} is not declared, yet answered ${reply.status}`
    const declared = operation.responses[String(reply.status)]
    if (!declared) return `${method} ${path} does not declare ${reply.status}: ${JSON.stringify(reply.body)}`
    const [type] = Object.keys(declared.content ?? {})
    if (type === undefined) return undefined
    const validate = this.#validator([
      path,
      method.toLowerCase(),
      'responses',
      String(reply.status),
      'content',
      type,
      'schema',
    ])
    return validate(reply.body)
      ? undefined
      : `${method} ${path} ${reply.status}: ${this.#ajv.errorsText(validate.errors)}`
  }

  #validator(pointer: string[]): ValidateFunction {
    const reference = `${ROOT}#/paths/${pointer.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`
    const known = this.#validators.get(reference) ?? this.#ajv.compile({ $ref: reference })
    this.#validators.set(reference, known)
    return known
  }
}

/** Fails when a reply is not what the OpenAPI document says of this operation. Paths it does not have may only 404. */
export async function assertContract(method: string, pathname: string, reply: ApiReply): Promise<void> {
  loading ??= fetch(new URL('/openapi.json', inject('url')))
    .then((response) => response.json())
    .then((document) => new Contract(document))
  const contract = await loading
  const path = contract.findPath(pathname)
  if (path === undefined) return
  const violation = contract.check(path, method, reply)
  if (violation !== undefined) throw new Error(`The reply breaks the contract: ${violation}`)
}
