/** What a process that runs the application and its parent agree on. */

/** The variable with the address of the parent's egress. */
export const EGRESS_ADDRESS = 'MARGWA_EGRESS'
/** The header with the URL that a request was really for. */
export const EGRESS_HEADER = 'x-egress-url'
/** The child tells its parent that the minute's work is done. */
export const TICKED = 'ticked'
