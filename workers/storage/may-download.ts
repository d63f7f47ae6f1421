import type { VariantRow } from '#db/queries/files/load-variant.ts'
import { Problem } from '#packages/errors/problem.ts'
import { isPublic } from '#packages/files/names.ts'
import { isDocument } from '#packages/files/purposes.ts'
import type { Actor, Ctx } from '../context.ts'
import { worksAs } from '../http/authenticate.ts'

/**
 * Lets through who may have a file: anybody a public one, the bearer of a signed link, its owner
 * a private one, and a reviewer a document. Throws `link_invalid`, `link_expired`, `unauthenticated` or `not_found`.
 */
export async function mayDownload(
  ctx: Ctx<Actor | null>,
  file: VariantRow,
  link: { filename: string; expires?: number | undefined; signature?: string | undefined },
): Promise<void> {
  if (isPublic(file.purpose)) return
  if (link.signature !== undefined)
    return ctx.files.verifyLink(link.filename, link.expires ?? 0, link.signature, ctx.now)
  if (!ctx.actor) throw new Problem('unauthenticated')
  const { userId } = ctx.actor
  if (userId === file.ownerId) return
  // What is in a conversation is for its members, who get links with its messages.
  if (!isDocument(file.purpose) || !(await worksAs(ctx, userId, 'reviewer'))) throw new Problem('not_found')
}
