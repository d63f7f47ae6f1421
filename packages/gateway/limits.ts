/** Rides that one client follows at the same time. Its hub remembers as many. */
export const MAX_RIDES = 16
/** Events of one client that wait until those before them are done. */
export const MAX_WAITING_EVENTS = 64
/** What is said to a socket that is just joining waits; beyond this many frames it is dropped, and joins anew. */
export const MAX_EARLY_FRAMES = 256
/** A socket asks this often whether its hub and its rides still know it. */
export const CHECK_EVERY_MS = 15 * 60_000
/** Longest token that is looked at. */
export const MAX_TOKEN_LENGTH = 4096
