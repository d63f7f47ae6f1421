import type { BookingSide } from '#packages/booking/sides.ts'

const both = ['punctual', 'friendly', 'good_company', 'clear_messages', 'late', 'rude', 'no_show'] as const

/** What can be ticked about somebody, by what they were. Words for apps to translate; a new one may come at any time. */
export const reviewTags = {
  driver: [
    ...both,
    'safe_driving',
    'comfortable',
    'clean_vehicle',
    'unsafe_driving',
    'dirty_vehicle',
    'asked_for_more',
  ],
  passenger: [...both, 'respectful', 'travels_light', 'left_a_mess'],
} as const satisfies Record<BookingSide, readonly string[]>

export type ReviewTag = (typeof reviewTags)[BookingSide][number]

/** Every tag there is, each once. */
export const allReviewTags: readonly ReviewTag[] = [
  ...new Set<ReviewTag>([...reviewTags.driver, ...reviewTags.passenger]),
]

/** The place of the first tag that does not go with what the person was; -1: all of them do. */
export function misplacedTag(tags: readonly ReviewTag[], was: BookingSide): number {
  const fitting: readonly ReviewTag[] = reviewTags[was]
  return tags.findIndex((tag) => !fitting.includes(tag))
}
