import { listBlocks as loadBlocks } from '#db/queries/blocks/blocks.ts'
import { firstName } from '#packages/people/first-name.ts'
import { operation } from '../http/operation.ts'
import { listOf, PageQuery, presentPage, readPage } from '../http/pagination.ts'
import { ok } from '../http/reply.ts'
import { Block } from './contract.ts'

export const listBlocks = operation(
  {
    id: 'listBlocks',
    method: 'get',
    path: '/blocks',
    tag: 'People',
    summary: 'Whom I have blocked',
    access: 'user',
    limit: 'read',
    query: PageQuery,
    replies: { 200: listOf(Block) },
    errors: ['invalid_cursor'],
  },
  async (ctx, { query }) => {
    const blocks = await loadBlocks(ctx.db, { blockerId: ctx.actor.userId, ...readPage(query) })
    return ok(
      presentPage(blocks, query.limit, ({ id, name, createdAt }) => ({
        ...{ id, name: firstName(name), blockedAt: createdAt.toISOString() },
      })),
    )
  },
)
