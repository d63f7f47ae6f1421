import { type FSWatcher, watch } from 'node:fs'
import pc from 'picocolors'
import { projectPath } from '../system/project.ts'

const SOURCES = ['workers', 'durable-objects', 'db', 'packages']
/** Editors write a file in several steps; wait until they are through. */
const QUIET_MS = 150

/** Calls `reload` after the Worker's sources changed, one at a time, and says how it went. */
export function watchSources(reload: () => Promise<void>): { close(): void } {
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()
  const run = async () => {
    const started = performance.now()
    try {
      await reload()
      console.log(
        `  ${pc.green('↻')} reloaded ${pc.dim(`${((performance.now() - started) / 1000).toFixed(1)} s`)}`,
      )
    } catch (error) {
      console.error(
        `  ${pc.red('✗')} not reloaded: the last good version goes on\n${error instanceof Error ? error.message : String(error)}`,
      )
    }
  }
  const onChange = (_event: string, file: string | null) => {
    if (!file?.endsWith('.ts') || file.endsWith('.test.ts') || file.startsWith('local-cloud')) return
    clearTimeout(timer)
    timer = setTimeout(() => {
      running = running.then(run)
    }, QUIET_MS)
  }
  const watchers: FSWatcher[] = SOURCES.map((folder) =>
    watch(projectPath(folder), { recursive: true }, onChange),
  )
  return {
    close() {
      clearTimeout(timer)
      for (const watcher of watchers) watcher.close()
    },
  }
}
