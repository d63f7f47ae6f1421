/** A fix less certain than this, in metres (68 %), says nothing useful about where somebody is. */
export const MAX_ACCURACY_METRES = 200
/** What a fix that does not say how certain it is counts as. */
export const ASSUMED_ACCURACY_METRES = 100
/** A device clock further ahead than this is not believed. */
export const MAX_CLOCK_AHEAD_MS = 30_000
/** An older fix says where somebody was, not where they are. */
export const MAX_AGE_MS = 120_000
/** 252 km/h: faster than any road, slower than an aeroplane. */
export const MAX_SPEED_METRES_PER_SECOND = 70
