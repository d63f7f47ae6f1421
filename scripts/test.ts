import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pc from 'picocolors'
import { z } from 'zod'
import { projectPath } from './system/project.ts'

const Report = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numFailedTestSuites: z.number(),
})

interface Outcome {
  passed: number
  failed: number
}

const vitest = 'node_modules/vitest/vitest.mjs'
interface Suite {
  name: string
  config: string
  /** Only these files. */
  files?: readonly string[]
  env?: Record<string, string>
}

const suites: readonly Suite[] = [
  { name: 'unit', config: 'vitest.config.ts' },
  { name: 'workerd', config: 'vitest.workerd.config.ts' },
  { name: 'black-box', config: 'vitest.blackbox.config.ts' },
  {
    name: 'black-box on Deno',
    config: 'vitest.blackbox.config.ts',
    // What differs between the two places: sockets, timers, work after the reply, what is served beside the API.
    files: [
      'live',
      'hub',
      'chat-live',
      'share-links-live',
      'socketio',
      'bookings',
      'payments',
      'rides',
      'health',
    ].map((name) => `tests/${name}.test.ts`),
    env: { MARGWA_RUNTIME: 'deno' },
  },
]

function run(args: readonly string[], env: Record<string, string> = {}): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: projectPath('.'),
      stdio: 'inherit',
      env: { ...process.env, ...env },
    })
    child.once('exit', (code) => resolve(code ?? 1))
  })
}

/** The static checks count as one test each way: they pass as a whole or fail as a whole. */
async function runChecks(): Promise<Outcome> {
  const code = await run(['scripts/check.ts'])
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
}

/** Runs a suite and reads what it counted; a suite that fails without a failed test counts as one. */
async function runSuite({ name, config, files = [], env }: Suite, folder: string): Promise<Outcome> {
  const report = join(folder, `${name}.json`)
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const code = await run([vitest, 'run', '--config', config, ...reporters, ...files], env)
  const counted = Report.safeParse(readJson(report))
  if (!counted.success) return { passed: 0, failed: 1 }
  const { numPassedTests, numFailedTests } = counted.data
  return { passed: numPassedTests, failed: code === 0 ? 0 : Math.max(1, numFailedTests) }
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

/** `npm test`: static checks, unit tests, tests inside workerd, and a black-box run against the started system. */
async function testEverything(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'margwa-test-'))
  const started = performance.now()
  const rows: (Outcome & { name: string; seconds: number })[] = []
  const stage = async (name: string, work: () => Promise<Outcome>) => {
    console.log(`\n${pc.bold(pc.cyan(`▍ ${name}`))}`)
    const since = performance.now()
    const outcome = await work()
    rows.push({ name, ...outcome, seconds: (performance.now() - since) / 1000 })
  }
  await stage('static checks', runChecks)
  for (const suite of suites) await stage(suite.name, () => runSuite(suite, folder))
  rmSync(folder, { recursive: true, force: true })

  console.log('')
  for (const { name, passed, failed, seconds } of rows) {
    const mark = failed === 0 ? pc.green('✓') : pc.red('✗')
    console.log(
      `  ${mark} ${name.padEnd(18)} ${String(passed).padStart(5)} passed ${failed > 0 ? pc.red(`${failed} failed`) : ''} ${pc.dim(`${seconds.toFixed(1)} s`)}`,
    )
  }
  const sum = (key: 'passed' | 'failed') => rows.reduce((total, row) => total + row[key], 0)
  console.log(pc.dim(`\n  ${((performance.now() - started) / 1000).toFixed(0)} s`))
  console.log(`${sum('passed')} passed, ${sum('failed')} failed`)
  return sum('failed')
}

process.exitCode = (await testEverything()) === 0 ? 0 : 1
