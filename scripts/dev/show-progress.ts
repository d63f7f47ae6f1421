import pc from 'picocolors'

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']
const FRAME_MS = 80

/** Shows slow steps as they happen: a spinner on a terminal, plain lines elsewhere; each with its time at the end. */
export function showProgress(out: NodeJS.WriteStream = process.stdout) {
  const started = performance.now()
  let step: { text: string; since: number } | undefined
  let frame = 0
  const seconds = (since: number) => ((performance.now() - since) / 1000).toFixed(1)
  const spin = () => {
    if (step)
      out.write(
        `\r\u001B[K  ${pc.cyan(FRAMES[frame++ % FRAMES.length] ?? '')} ${step.text} ${pc.dim(`${seconds(step.since)} s`)}`,
      )
  }
  const timer = out.isTTY ? setInterval(spin, FRAME_MS) : undefined
  const finishStep = () => {
    if (step)
      out.write(
        `${out.isTTY ? '\r\u001B[K' : ''}  ${pc.green('✓')} ${step.text} ${pc.dim(`${seconds(step.since)} s`)}\n`,
      )
    step = undefined
  }
  return {
    step: (text: string) => {
      finishStep()
      step = { text, since: performance.now() }
    },
    done: () => {
      finishStep()
      clearInterval(timer)
    },
    seconds: () => seconds(started),
  }
}
