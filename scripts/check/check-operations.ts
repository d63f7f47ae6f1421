import type { Operation } from '../../workers/http/operation.ts'
import type { Source } from './read-sources.ts'

/** What the rules read of an operation. */
export type OperationFacts = Pick<Operation, 'id' | 'method' | 'path' | 'access' | 'idempotent' | 'replies'> & {
  params?: { shape: Record<string, unknown> } | undefined
}

const ACCESS = {
  public: true,
  optional: true,
  user: true,
  driver: true,
  reviewer: true,
  operator: true,
  finance: true,
  administrator: true,
} satisfies Record<Operation['access'], true>

/** Operations that create with a POST and still need no Idempotency-Key, each with the reason why. */
export const CREATES_WITHOUT_KEY: Readonly<Record<string, string>> = {
  createShareLink:
    'its reply has the link, which is stored nowhere, so it cannot be kept; a second link does no harm',
  raiseSos: 'one alert is open per person: a repetition returns it, and needs no store to be there',
}

/** The operations of one list, and the path that they are mounted below. */
export interface OperationList {
  base: string
  operations: readonly OperationFacts[]
}

/** What is wrong with the operations, one line each. Two lists may meet on one path, so they are checked together. */
export function checkOperations(lists: readonly OperationList[], exceptions = CREATES_WITHOUT_KEY): string[] {
  const placed = lists.flatMap(({ base, operations }) =>
    operations.map((op) => ({ op, place: `${op.method} ${base}${op.path.replaceAll(/\{\w+\}/g, '{}')}` })),
  )
  const ops = placed.map(({ op }) => op)
  return [
    ...twice(ops.map((op) => op.id)).map((id) => `${id}: two operations have this id`),
    ...twice(placed.map(({ place }) => place)).map((place) => {
      const ids = placed.filter((each) => each.place === place).map(({ op }) => op.id)
      return `${ids.join(', ')}: the same method and path, ${place}`
    }),
    ...ops.flatMap((op) => objectTo(op, exceptions).map((problem) => `${op.id}: ${problem}`)),
    ...Object.keys(exceptions)
      .filter((id) => !ops.some((op) => op.id === id && creates(op) && !op.idempotent))
      .map((id) => `${id}: the exception in CREATES_WITHOUT_KEY is not needed`),
  ]
}

function objectTo(op: OperationFacts, exceptions: Readonly<Record<string, string>>): string[] {
  const inPath = [...op.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
  const inSchema = Object.keys(op.params?.shape ?? {})
  return [
    ...(Object.hasOwn(ACCESS, op.access) ? [] : ['it has no access rule']),
    ...(creates(op) && !op.idempotent && !(op.id in exceptions)
      ? ['it creates something, and a repeated request would create it twice; set `idempotent`']
      : []),
    ...inPath
      .filter((name) => !inSchema.includes(name))
      .map((name) => `{${name}} of its path is not in its params`),
    ...inSchema
      .filter((name) => !inPath.includes(name))
      .map((name) => `${name} of its params is not in its path`),
  ]
}

function creates(op: OperationFacts): boolean {
  return op.method === 'post' && '201' in op.replies
}

function twice(values: readonly string[]): string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))]
}

const DEFINITION = /^export const (\w+) = operation\(/gm

/** Files that define an operation but do not name it, and operations that no list has: nobody could call them. */
export function checkOperationFiles(sources: readonly Source[], listedIds: readonly string[]): string[] {
  return sources.flatMap(({ path, text }) => {
    const names = [...text.matchAll(DEFINITION)].map(([, name = '']) => name)
    const [name] = names
    if (name === undefined) return []
    if (names.length > 1) return [`${path} defines ${names.join(' and ')}; one operation a file`]
    const file = `${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.ts`
    return [
      ...(path.endsWith(`/${file}`) ? [] : [`${path} defines ${name}; name it ${file}`]),
      ...(text.includes(`id: '${name}'`) ? [] : [`${path}: the id of ${name} is not '${name}'`]),
      ...(listedIds.includes(name)
        ? []
        : [`${path}: ${name} is in no list; add it to the index.ts of its domain`]),
    ]
  })
}

const SHAPE_NAME = /\.openapi\(\s*'(\w+)'/g

/** Named shapes that are made nullable where they are used: that changes them in the OpenAPI document for every use (`orNull`). */
export function checkNullShapes(sources: readonly Source[]): string[] {
  const names = new Set(sources.flatMap(({ text }) => [...text.matchAll(SHAPE_NAME)].map(([, name]) => name)))
  return sources.flatMap(({ path, text }) =>
    [...text.matchAll(/\b(\w+)\.null(?:able|ish)\(\)/g)]
      .filter(([, name]) => names.has(name))
      .map(([, name]) => `${path}: ${name} has a name; say orNull(${name})`),
  )
}

/** Names that two shapes have: in the OpenAPI document only one of them would be left, for the replies of both. */
export function checkShapeNames(sources: readonly Source[]): string[] {
  const named = sources.flatMap(({ path, text }) =>
    [...text.matchAll(SHAPE_NAME)].map(([, name = '']) => ({ name, path })),
  )
  return twice(named.map(({ name }) => name)).map((name) => {
    const files = named.filter((each) => each.name === name).map(({ path }) => path)
    return `${name}: two shapes have this name, in ${files.join(' and ')}`
  })
}
