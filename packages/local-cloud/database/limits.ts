/** How long a connection waits for its turn while another one is in a transaction (embedded only), ms. */
export const LOCK_WAIT_MS = 10_000
/** How long one statement over HTTP may take, ms. */
export const STATEMENT_TIMEOUT_MS = 30_000
/** How long sweeping a connection after a request over HTTP may take before it is closed instead, ms. */
export const SWEEP_TIMEOUT_MS = 1_000
/** How long to wait for a connection to a real server, ms. */
export const CONNECT_TIMEOUT_MS = 10_000
/** How long closing waits, first for the connections and then for the embedded server, ms; what was committed survives in either case. */
export const CLOSE_GRACE_MS = 3_000
/** The embedded server has no checkpointer, so its log would grow for ever without one from time to time, ms. */
export const CHECKPOINT_EVERY_MS = 60_000
/** Connections kept for HTTP. The embedded ones cost nothing; a real server refuses more than about a hundred. */
export const EMBEDDED_POOL_SIZE = 100
export const POSTGRES_POOL_SIZE = 20
/**
 * Stack of the embedded server's thread, MB. With the default of 4 endless recursion hits the end of the stack before
 * PostgreSQL's own check does; PGlite hides that error, and the session is damaged.
 */
export const ENGINE_STACK_MB = 32
/** Longest message of a client, bytes. */
export const MAX_MESSAGE_BYTES = 64 * 1024 * 1024
