/** A share link cannot be guessed: its token is so many bytes, from the platform's CSPRNG or a keyed hash. */
export const TOKEN_BYTES = 32
/** A link ends so long after the ride is planned to arrive: time enough for a late one. */
export const LINK_AFTER_ARRIVAL_MS = 6 * 3600_000
/** Links that one person can have open for one ride. */
export const MAX_LINKS_PER_RIDE = 10
/** How long the link of an alert still says that it was resolved, to who opens the message late. */
export const ALERT_AFTER_RESOLUTION_MS = 24 * 3600_000
/** How long a viewer's socket may stay on the link of an alert before the page asks anew. */
export const ALERT_VIEW_MS = 24 * 3600_000
/** A ride under way without a position for this long is shown as one whose car has fallen silent. */
export const SILENT_AFTER_SECONDS = 120
