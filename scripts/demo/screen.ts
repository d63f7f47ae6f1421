import pc from 'picocolors'
import { rupeesExactly } from '../../packages/money/rupees.ts'

/** What the story did not want to see. */
export class StoryError extends Error {
  override readonly name = 'StoryError'
}

/** Ends the story when something is not as it should be. */
export function expectThat(condition: boolean, otherwise: string): asserts condition {
  if (!condition) throw new StoryError(otherwise)
}

/** Prints a chapter's headline. */
export function chapter(title: string): void {
  console.log(`\n  ${pc.bold(title)}`)
}

/** Does a step of the story and prints what came of it with the time it took. */
export async function step<Result>(
  text: string,
  work: () => Promise<Result>,
  note: (result: Result) => string = () => '',
): Promise<Result> {
  const started = performance.now()
  try {
    const result = await work()
    const time = pc.dim(`${(performance.now() - started).toFixed(0)} ms`.padStart(8))
    console.log(`  ${pc.green('✓')}${time}  ${text} ${pc.cyan(note(result))}`)
    return result
  } catch (error) {
    console.log(`  ${pc.red('✗')}           ${text}`)
    throw error
  }
}

const NAME_WIDTH = 18
const AMOUNT_WIDTH = 10

/** Prints what belongs to the step before: a name, paise or a text, and what there is to say of it. */
export function details(
  lines: readonly (readonly [name: string, what: number | string, about?: string])[],
): void {
  for (const [name, what, about] of lines) {
    const shown = typeof what === 'number' ? rupeesExactly(what).padStart(AMOUNT_WIDTH) : what
    console.log(
      `               ${pc.dim(name.padEnd(NAME_WIDTH))}${shown}${about === undefined ? '' : `  ${pc.dim(about)}`}`,
    )
  }
}

const WIDTH = 46

/** Draws the car between the stops, on one line that a terminal overwrites. */
export function drawCar(fraction: number, caption: string): void {
  if (!process.stdout.isTTY) return
  const at = Math.round(fraction * WIDTH)
  const road = `${pc.green('━'.repeat(at))}🚗${pc.dim('─'.repeat(WIDTH - at))}`
  process.stdout.write(`\r\u001B[K             ${road} ${pc.dim(caption)}`)
}

/** Removes the car's line. */
export function clearCar(): void {
  if (process.stdout.isTTY) process.stdout.write('\r\u001B[K')
}
