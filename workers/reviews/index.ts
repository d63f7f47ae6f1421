import type { Operation } from '../http/operation.ts'
import { createReview } from './create-review.ts'
import { getBookingReviews } from './get-booking-reviews.ts'
import { getReview } from './get-review.ts'
import { listReviews } from './list-reviews.ts'
import { listUserReviews } from './list-user-reviews.ts'
import { replyToReview } from './reply-to-review.ts'
import { updateReview } from './update-review.ts'

export const reviewOperations: readonly Operation[] = [
  createReview,
  getReview,
  updateReview,
  listReviews,
  listUserReviews,
  getBookingReviews,
  replyToReview,
]
