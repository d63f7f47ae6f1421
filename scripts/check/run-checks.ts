import pc from 'picocolors'

/** What a check found. */
export interface Outcome {
  /** What is wrong, one text each; none: it passed. */
  failures: readonly string[]
  /** Something worth knowing, shown beside its time. */
  note?: string | undefined
}

export interface Check {
  name: string
  run: () => Promise<Outcome> | Outcome
}

interface Terminal {
  write(text: string): void
  /** Colours, and a line that says what still runs. */
  isLive: boolean
}

/**
 * Runs checks, some at a time and in their order, with one line for each as it ends, and what failed in full below.
 * @param lanes how many run at once
 * @returns whether all passed
 */
export async function runChecks(checks: readonly Check[], lanes: number, terminal: Terminal): Promise<boolean> {
  const colours = pc.createColors(terminal.isLive)
  const width = Math.max(...checks.map(({ name }) => name.length))
  const running = new Set<string>()
  const failed: { name: string; failures: readonly string[] }[] = []
  const showRunning = () => {
    if (terminal.isLive && running.size > 0) terminal.write(colours.dim(`  · ${[...running].join(', ')}`))
  }
  const clearRunning = () => {
    if (terminal.isLive) terminal.write('\r\u001B[2K')
  }

  const started = performance.now()
  const queue = checks.values()
  const lane = async () => {
    for (const { name, run } of queue) {
      const start = performance.now()
      running.add(name)
      clearRunning()
      showRunning()
      const { failures, note } = await attempt(run)
      running.delete(name)
      if (failures.length > 0) failed.push({ name, failures })
      const mark = failures.length > 0 ? colours.red('✗') : colours.green('✓')
      const time = colours.dim(seconds(performance.now() - start))
      clearRunning()
      terminal.write(`  ${mark} ${name.padEnd(width)}  ${time}${note ? `  ${colours.dim(note)}` : ''}\n`)
      showRunning()
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))

  for (const { name, failures } of failed) {
    const count = failures.length > 1 ? colours.dim(` (${failures.length})`) : ''
    terminal.write(`\n${colours.red(colours.bold(name))}${count}\n${failures.map(indent).join('\n')}\n`)
  }
  const total = seconds(performance.now() - started).trim()
  const verdict =
    failed.length > 0
      ? colours.red(`${failed.length} of ${checks.length} checks failed`)
      : colours.green(`All ${checks.length} checks passed`)
  terminal.write(`\n  ${verdict} ${colours.dim(`in ${total}`)}\n`)
  return failed.length === 0
}

/** A check that throws has failed, with what it threw. */
async function attempt(run: Check['run']): Promise<Outcome> {
  try {
    return await run()
  } catch (error) {
    return { failures: [error instanceof Error ? (error.stack ?? error.message) : String(error)] }
  }
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`.padStart(7)
}

function indent(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '  ')
}
