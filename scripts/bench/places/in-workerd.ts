import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { convertV4MiniflareOptions, Miniflare } from 'miniflare'
import { projectPath } from '../../system/project.ts'
import { readWrangler } from '../../system/read-wrangler.ts'
import { percentile } from '../search/stats.ts'
import type { Question } from './choose-questions.ts'

const run = promisify(execFile)
/** So often in one request that the way to workerd and back hardly counts. */
export const REPETITIONS = 50
const BASELINES = 200

/** The gazetteer alone as a Worker, bundled and minified as a deployment would. */
async function bundle(folder: string): Promise<string> {
  const { compatibilityDate, compatibilityFlags } = readWrangler()
  const config = join(folder, 'wrangler.json')
  const settings = {
    name: 'bench-places',
    main: projectPath('scripts/bench/places/worker-entry.ts'),
    ...{ compatibility_date: compatibilityDate, compatibility_flags: compatibilityFlags, minify: true },
  }
  writeFileSync(config, JSON.stringify(settings))
  const wrangler = projectPath('node_modules/wrangler/bin/wrangler.js')
  await run(process.execPath, [wrangler, 'deploy', '--dry-run', '--config', config, '--outdir', folder], {
    cwd: projectPath('.'),
    env: { ...process.env, WRANGLER_SEND_METRICS: 'false', CI: 'true' },
  })
  return join(folder, 'worker-entry.js')
}

export interface InWorkerd {
  /** Milliseconds until the first question of a new isolate is answered, beyond a request that asks nothing. */
  first: number
  /** Milliseconds of each question, by its kind. */
  times: Record<string, number[]>
}

/** What autocomplete costs in workerd, question by question. */
export async function measureInWorkerd(questions: Record<string, Question[]>): Promise<InWorkerd> {
  const folder = mkdtempSync(join(tmpdir(), 'margwa-bench-places-'))
  const scriptPath = await bundle(folder)
  const { compatibilityDate, compatibilityFlags } = readWrangler()
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      compatibilityDate,
      compatibilityFlags,
      modules: true,
      modulesRoot: folder,
      scriptPath,
    }),
  )
  const ask = async (question: Question, times: number) => {
    const start = performance.now()
    const body = JSON.stringify({ question, times })
    const reply = await miniflare.dispatchFetch('http://localhost/', { method: 'POST', body })
    await reply.text()
    if (!reply.ok) throw new Error(`workerd answered ${reply.status}`)
    return performance.now() - start
  }
  try {
    await miniflare.ready
    const opening = await ask({ input: 'bengaluru' }, 1)
    const nothing: number[] = []
    for (let n = 0; n < BASELINES; n++) nothing.push(await ask({ input: 'bengaluru' }, 0))
    const baseline = percentile(nothing, 0.5)
    const times: Record<string, number[]> = {}
    for (const [kind, list] of Object.entries(questions)) {
      const measured: number[] = []
      for (const question of list) {
        const taken = await ask(question, REPETITIONS)
        measured.push(Math.max(0, taken - baseline) / REPETITIONS)
      }
      times[kind] = measured
    }
    return { first: opening - baseline, times }
  } finally {
    await miniflare.dispose()
    rmSync(folder, { recursive: true })
  }
}
