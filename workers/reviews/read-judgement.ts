import type { z } from '@hono/zod-openapi'
import type { Judgement } from '#db/queries/reviews/write-review.ts'
import { type BookingSide, otherSide } from '#packages/booking/sides.ts'
import { fieldProblem } from '#packages/errors/problem.ts'
import { misplacedTag } from '#packages/reviews/tags.ts'
import type { ReviewEdit } from './contract.ts'

/** What somebody on this side says about the other. Throws `invalid_fields` for a tag that does not go with who that was. */
export function readJudgement({ stars, tags, text }: z.output<typeof ReviewEdit>, by: BookingSide): Judgement {
  const was = otherSide(by)
  const misplaced = misplacedTag(tags, was)
  if (misplaced >= 0) throw fieldProblem('invalid_fields', `tags.${misplaced}`, `Does not go with a ${was}`)
  return { stars, tags, body: text ?? null }
}
