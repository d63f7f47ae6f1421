import { availableParallelism } from 'node:os'
import pc from 'picocolors'
import { projectChecks } from './check/project-checks.ts'
import { runChecks } from './check/run-checks.ts'
import { projectPath } from './system/project.ts'

const HELP = `Runs every static check, or those that are named: npm run check -- layers lint`

/** `npm run check`: what can be known of the code without running it. */
async function main(wanted: readonly string[]): Promise<number> {
  const isLive = process.stdout.isTTY && pc.isColorSupported
  const checks = projectChecks(projectPath('.'), isLive)
  const chosen = checks.filter(
    ({ name }) => wanted.length === 0 || wanted.some((word) => name.startsWith(word)),
  )
  if (chosen.length === 0) {
    console.error(`${HELP}\nThere are: ${checks.map(({ name }) => name).join(', ')}`)
    return 2
  }
  const terminal = { write: (text: string) => process.stdout.write(text), isLive }
  return (await runChecks(chosen, availableParallelism(), terminal)) ? 0 : 1
}

process.exitCode = await main(process.argv.slice(2))
