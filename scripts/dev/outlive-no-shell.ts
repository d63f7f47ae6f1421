const POLL_MS = 500

/**
 * Calls `stop` when npm's shell, which runs us, is gone: npm passes a SIGTERM on to that shell, and the shell dies of
 * it without a word to us. Started without npm, a process may well outlive who started it.
 */
export function outliveNoShell(stop: () => void, parent = () => process.ppid): void {
  if (process.env['npm_lifecycle_event'] === undefined) return
  const shell = parent()
  const timer = setInterval(() => {
    if (parent() === shell) return
    clearInterval(timer)
    stop()
  }, POLL_MS)
  timer.unref()
}
