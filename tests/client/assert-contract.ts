import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { z } from 'zod'
import type { ApiReply } from './api.ts'
import { type OpenApi, readDocument } from './document.ts'

const ROOT = 'openapi'
let loading: Promise<Contract> | undefined

class Contract {
  readonly #document: OpenApi
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true })
  readonly #validators = new Map<string, ValidateFunction>()

  constructor(document: OpenApi) {
    this.#document = document
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

  /** What is wrong with a reply of this declared path, or undefined. */
  check(path: string, method: string, reply: ApiReply): string | undefined {
    const operation = this.#document.paths[path]?.[method.toLowerCase()]
    if (!operation) return reply.status === 405 ? undefined : `is not declared, yet answered ${reply.status}`
    const declared = operation.responses[String(reply.status)]
    if (!declared) return `does not declare ${reply.status}: ${JSON.stringify(reply.body)}`
    const types = Object.keys(declared.content ?? {})
    if (types.length === 0) return undefined
    const sent = reply.headers.get('content-type')?.split(';')[0] ?? 'nothing'
    if (!types.includes(sent)) return `${reply.status} came as ${sent}, not ${types.join(' or ')}`
    const response = ['responses', String(reply.status), 'content', sent, 'schema']
    const validate = this.#validator([path, method.toLowerCase(), ...response])
    return validate(reply.body) ? undefined : `${reply.status}: ${this.#ajv.errorsText(validate.errors)}`
  }

  #validator(pointer: string[]): ValidateFunction {
    const parts = pointer.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')))
    const reference = `${ROOT}#/paths/${parts.join('/')}`
    const known = this.#validators.get(reference) ?? this.#ajv.compile({ $ref: reference })
    this.#validators.set(reference, known)
    return known
  }
}

const Problem = z.object({ status: z.number(), code: z.string(), requestId: z.string() })
/** The statuses that say "not now". */
const waits = new Set([429, 503])

/** What every reply carries, whatever it is of. */
function checkEnvelope({ status, headers, body }: ApiReply): string | undefined {
  const requestId = headers.get('x-request-id')
  if (!requestId) return `${status} has no X-Request-Id`
  if (!headers.has('traceparent')) return `${status} has no traceparent`
  if (waits.has(status) && !headers.has('retry-after')) return `${status} has no Retry-After`
  const problem = Problem.safeParse(body).data
  if (!problem) return undefined
  // A reply that is given again is the same in every word.
  if (problem.requestId !== requestId && !headers.has('idempotency-replayed'))
    return `the problem names the request ${problem.requestId}, its header ${requestId}`
  return problem.status === status ? undefined : `${status} came with a problem of status ${problem.status}`
}

/** Fails when a reply is not what the OpenAPI document says of this operation. A path it does not have may only 404. */
export async function assertContract(method: string, pathname: string, reply: ApiReply): Promise<void> {
  loading ??= readDocument().then((document) => new Contract(document))
  const contract = await loading
  const path = contract.findPath(pathname)
  const undeclared = reply.status === 404 ? undefined : `is not declared, yet answered ${reply.status}`
  const violation =
    checkEnvelope(reply) ?? (path === undefined ? undeclared : contract.check(path, method, reply))
  if (violation !== undefined)
    throw new Error(`The reply breaks the contract: ${method} ${pathname} ${violation}`)
}
