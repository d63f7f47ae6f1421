import { z } from '@hono/zod-openapi'
import { bookingSides } from '#packages/booking/sides.ts'
import { allReviewTags } from '#packages/reviews/tags.ts'
import { areDistinct, Id, Instant, paragraphs } from '../http/shapes.ts'

const MAX_TEXT = 1000
const MAX_REPLY = 500

const stars = z.int().min(1).max(5)
const Tags = z
  .array(z.enum(allReviewTags))
  .max(allReviewTags.length)
  .refine(areDistinct, 'Each tag once')
  .default([])
  .openapi({ description: 'Some go with drivers only, some with passengers only' })

/** What can be said, and said again as long as nobody can have read it. */
export const ReviewEdit = z
  .strictObject({ stars, tags: Tags, text: paragraphs(MAX_TEXT).nullish() })
  .openapi('ReviewEdit')

export const NewReview = z
  .strictObject({ bookingId: Id, stars, tags: Tags, text: paragraphs(MAX_TEXT).nullish() })
  .openapi('NewReview')

export const Reply = z.strictObject({ text: paragraphs(MAX_REPLY) }).openapi('ReviewReply')

const Somebody = z.object({ id: Id, name: z.string().nullable() })

export const Review = z
  .object({
    id: Id,
    bookingId: Id.nullable().openapi({ description: 'To its two sides only' }),
    by: z
      .enum(bookingSides)
      .openapi({ description: 'What its author was; the person it is about was the other' }),
    author: Somebody.openapi({ description: 'By the first name; without one where the account is gone' }),
    about: Somebody,
    stars: z.int(),
    tags: z.array(z.string()),
    text: z.string().nullable(),
    reply: z.object({ text: z.string(), at: Instant }).nullable(),
    state: z.enum(['waiting', 'published', 'removed']).openapi({
      description:
        '`waiting`: only its author sees it, until the other side has written or 15 days have passed',
    }),
    visibleAt: Instant.openapi({ description: 'From when on others see it; at the latest, while it waits' }),
    createdAt: Instant,
  })
  .openapi('Review')
