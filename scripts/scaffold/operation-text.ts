import { camel, capital } from './names.ts'
import type { NewOperation } from './new-operation.ts'

/** The text of an operation that compiles, answers, and waits for its real contract. */
export function operationText({ name, method, path }: NewOperation, tag: string): string {
  const params = [...path.matchAll(/\{(\w+)\}/g)].map(([, param = '']) => param)
  const onlyId = params.length === 1 && params[0] === 'id'
  const isList = method === 'get' && params.length === 0
  const creates = method === 'post' && /^(create|add|publish)-/.test(name)
  const removes = method === 'delete'

  const reply = removes ? 'noContent' : creates ? 'created' : 'ok'
  const status = { noContent: 204, created: 201, ok: 200 }[reply]
  const shape = 'z.object({ id: Id })'
  const schema = removes ? 'null' : isList ? `listOf(${shape})` : shape
  const id = creates || params.length === 0 ? 'uuidv7(ctx.now)' : `params.${params.at(-1)}`
  const value = removes ? '' : isList ? '{ items: [], nextCursor: null }' : `{ id: ${id} }`
  const inputs = value.includes('params.') ? '_ctx, { params }' : value.includes('ctx.') ? 'ctx' : ''
  const ownParams = params.length > 0 && !onlyId
  const shapes = [...(ownParams || !removes ? ['Id'] : []), ...(onlyId ? ['IdParams'] : [])]

  return [
    ...(ownParams || !removes ? ["import { z } from '@hono/zod-openapi'"] : []),
    ...(value.includes('uuidv7') ? ["import { uuidv7 } from '#packages/ids/uuid.ts'"] : []),
    "import { operation } from '../http/operation.ts'",
    ...(isList ? ["import { listOf, PageQuery } from '../http/pagination.ts'"] : []),
    `import { ${reply} } from '../http/reply.ts'`,
    ...(shapes.length > 0 ? [`import { ${shapes.join(', ')} } from '../http/shapes.ts'`] : []),
    '',
    `export const ${camel(name)} = operation(`,
    '  {',
    `    id: '${camel(name)}',`,
    `    method: '${method}',`,
    `    path: '${path}',`,
    `    tag: '${tag}',`,
    `    summary: '${capital(name.replaceAll('-', ' '))}',`,
    "    access: 'user',",
    `    limit: '${method === 'get' ? 'read' : 'write'}',`,
    ...(method === 'post' ? ['    idempotent: true,'] : []),
    ...(onlyId ? ['    params: IdParams,'] : []),
    ...(ownParams ? [`    params: z.object({ ${params.map((param) => `${param}: Id`).join(', ')} }),`] : []),
    ...(isList ? ['    query: PageQuery,'] : []),
    `    replies: { ${status}: ${schema} },`,
    '    errors: [],',
    '  },',
    `  async (${inputs}) => ${reply}(${value}),`,
    ')',
    '',
  ].join('\n')
}
