import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { bookingSides } from '#packages/booking/sides.ts'

/** A review with the names of its two; nobody's where the account is gone. */
export const ReviewRow = z.object({
  id: z.string(),
  bookingId: z.string(),
  side: z.enum(bookingSides),
  authorId: z.string(),
  authorName: z.string().nullable(),
  subjectId: z.string(),
  subjectName: z.string().nullable(),
  stars: z.number(),
  tags: z.array(z.string()),
  body: z.string().nullable(),
  reply: z.string().nullable(),
  repliedAt: z.coerce.date().nullable(),
  createdAt: z.coerce.date(),
  visibleAt: z.coerce.date(),
  removedAt: z.coerce.date().nullable(),
})
export type ReviewRow = z.infer<typeof ReviewRow>

/** Reads ReviewRows from a relation called `review` that has the columns of `reviews`. */
export const reviewView = sql`select review.id, review.booking_id as "bookingId", review.side,
    review.author_id as "authorId", author.name as "authorName", review.subject_id as "subjectId",
    subject.name as "subjectName", review.stars, to_jsonb(review.tags) as tags, review.body, review.reply,
    review.replied_at as "repliedAt", review.created_at as "createdAt", review.visible_at as "visibleAt",
    review.removed_at as "removedAt"
  from review
  join users author on author.id = review.author_id
  join users subject on subject.id = review.subject_id`
