const DAY_MS = 24 * 3600_000

/** UTF-16 units of a message. */
export const MAX_MESSAGE_LENGTH = 2000

/** How long people may write after their ride has ended: for what was left in the car. */
export const OPEN_AFTER_RIDE_MS = 7 * DAY_MS

/** How long a conversation is kept after its ride has ended. */
export const KEPT_AFTER_RIDE_MS = 365 * DAY_MS

/** With how many drivers of rides that they have not booked a person may begin to write within a day. */
export const MAX_ENQUIRIES_A_DAY = 30
export const ENQUIRY_WINDOW_MS = DAY_MS
