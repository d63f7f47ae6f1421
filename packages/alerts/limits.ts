/** Saved searches that one person can have at a time. */
export const MAX_SAVED_SEARCHES = 20
/** The longest time that a saved search can ask for. */
export const MAX_WINDOW_DAYS = 31
/** Rides that are found for one saved search: who has so many to choose from needs no more. */
export const MAX_MATCHES = 200
/** People who are looked at for the rides of one route at a time: far more than it has seats. */
export const MAX_SEARCHES_PER_ROUTE = 500
/** Of so many alerts one person is told in an hour of the clock, as a passenger and as a driver each; all of them can be read. */
export const MESSAGES_PER_HOUR = 5
