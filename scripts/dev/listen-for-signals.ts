const SIGNALS = ['SIGINT', 'SIGTERM'] as const
/** What a shell expects of a process that was interrupted. */
const INTERRUPTED = 130

/**
 * Listens from the start, so that no signal is lost while listeners change. Until there is something to close, the
 * process ends at once: the data stands that.
 */
export function listenForSignals() {
  let stop = (): void => process.exit(INTERRUPTED)
  const listener = () => stop()
  for (const signal of SIGNALS) process.on(signal, listener)
  return {
    /** From now on a signal closes everything, once. Miniflare's own listeners go: they would exit before that. */
    stopWith(close: () => void) {
      for (const signal of SIGNALS) {
        for (const other of process.listeners(signal)) {
          if (other !== listener) process.removeListener(signal, other)
        }
      }
      stop = () => {
        stop = () => process.exit(INTERRUPTED)
        close()
      }
    },
  }
}
