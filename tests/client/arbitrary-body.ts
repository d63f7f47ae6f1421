import * as fc from 'fast-check'
import { z } from 'zod'
import type { OpenApi } from './document.ts'

/** The part of JSON Schema that the document uses for bodies. */
const Schema = z.object({
  $ref: z.string().optional(),
  type: z.union([z.string(), z.array(z.string())]).optional(),
  format: z.string().optional(),
  enum: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  items: z.unknown().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  minItems: z.number().optional(),
  maxItems: z.number().optional(),
})

const digits = (length: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
    .map((each) => each.join(''))

/** Words that programs stumble over. */
const nastyText = fc.constantFrom(
  ...[
    '',
    ' ',
    '\u0000',
    '\uD800',
    '\uFFFF',
    '‮abc',
    '😀'.repeat(20),
    "'; drop table users; --",
    '%s%n',
    '{{7*7}}',
  ],
  ...['../../etc/passwd', '1e309', 'NaN', 'true', 'x'.repeat(3000)],
)
const phone = digits(9).map((rest) => `+919${rest}`)
const plate = digits(6).map((all) => `KA${all.slice(0, 2)}XY${all.slice(2)}`)
const anyText = fc.oneof(
  nastyText,
  fc.string({ unit: 'binary', maxLength: 40 }),
  phone,
  plate,
  digits(4),
  digits(6),
)

const anyInstant = fc.oneof(
  fc
    .date({ min: new Date(), max: new Date(Date.now() + 30 * 24 * 3600_000), noInvalidDate: true })
    .map((date) => date.toISOString()),
  fc.constantFrom(
    '0000-01-01T00:00:00Z',
    '0001-01-01T00:00:00+23:59',
    '9999-12-31T23:59:59Z',
    '1970-01-01T00:00:00Z',
  ),
  fc.constantFrom(
    '2099-12-31T23:59:59.999-23:59',
    '2027-01-01T24:00:00Z',
    '2026-12-31T23:59:60Z',
    '2027-02-29T00:00:00Z',
  ),
)
const anyNumber = fc.oneof(
  fc.integer(),
  fc.double(),
  fc.constantFrom(0, -0, 1, 2 ** 31, 2 ** 53, 1e300, -1e-300, 180, -90),
)

/** Any JSON at all. */
export const anyJson = fc.jsonValue({ stringUnit: 'binary', maxDepth: 3 })

/**
 * Bodies that nearly fit a JSON schema: most fields as they should be, at their edges or nastily filled, some left
 * out, some of another kind. They get past the first check more often than any JSON does.
 */
export function nearly(schema: unknown, document: OpenApi): fc.Arbitrary<unknown> {
  const fitting = fitted(schema, document)
  return fc.oneof({ weight: 14, arbitrary: fitting }, { weight: 1, arbitrary: anyJson })
}

function fitted(given: unknown, document: OpenApi): fc.Arbitrary<unknown> {
  const schema = Schema.parse(given)
  if (schema.$ref !== undefined)
    return fitted(document.components.schemas[schema.$ref.split('/').at(-1) ?? ''], document)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  if (schema.const !== undefined) return fc.constant(schema.const)
  const [type] = [schema.type ?? 'string'].flat()
  switch (type) {
    case 'object': {
      const fields = Object.entries(schema.properties ?? {}).map(([name, field]) => [
        name,
        nearly(field, document),
      ])
      const whole = fc.record(Object.fromEntries(fields))
      const part = fc.record(Object.fromEntries(fields), { requiredKeys: [] })
      return fc.oneof({ weight: 9, arbitrary: whole }, { weight: 1, arbitrary: part })
    }
    case 'array': {
      const [minLength, maxLength] = [schema.minItems ?? 0, Math.min(schema.maxItems ?? 5, 5)]
      return fc.array(nearly(schema.items ?? {}, document), { minLength, maxLength })
    }
    case 'integer':
    case 'number': {
      const [min, max] = [schema.minimum ?? 0, Math.min(schema.maximum ?? 20_000, 20_000)]
      const within = type === 'integer' ? fc.integer({ min, max }) : fc.double({ min, max, noNaN: true })
      const edges = fc.constantFrom(min, max, min - 1, max + 1)
      return fc.oneof(
        { weight: 8, arbitrary: within },
        { weight: 2, arbitrary: edges },
        { weight: 1, arbitrary: anyNumber },
      )
    }
    case 'boolean':
      return fc.boolean()
    default:
      return fittingText(schema.format)
  }
}

function fittingText(format: string | undefined): fc.Arbitrary<string> {
  if (format === 'date-time')
    return fc.oneof({ weight: 3, arbitrary: anyInstant }, { weight: 1, arbitrary: anyText })
  if (format === 'uuid') return fc.oneof(fc.uuid(), nastyText)
  if (format === 'email') return fc.oneof(fc.emailAddress(), nastyText)
  return anyText
}
