import { resolve } from 'node:path'
import { announce } from './dev/announce.ts'
import { assertPortFree } from './dev/assert-port-free.ts'
import { explainFailure } from './dev/explain-failure.ts'
import { listenForSignals } from './dev/listen-for-signals.ts'
import { outliveNoShell } from './dev/outlive-no-shell.ts'
import { printRequest } from './dev/print-request.ts'
import { readOptions } from './dev/read-options.ts'
import { reapOrphans } from './dev/reap-orphans.ts'
import { resetData } from './dev/reset-data.ts'
import { showProgress } from './dev/show-progress.ts'
import { watchSources } from './dev/watch-sources.ts'
import { projectPath } from './system/project.ts'
import { startSystem } from './system/start-system.ts'

const CRON_EVERY_MS = 60_000

/** `npm run dev`: the whole system on this machine, its data in `.margwa`, until Ctrl-C. */
async function dev(): Promise<void> {
  const { port, inboxPort, data, reset } = readOptions(process.argv.slice(2))
  const dataDir = resolve(projectPath('.'), data)
  await reapOrphans()
  await assertPortFree(port, '--port')
  await assertPortFree(inboxPort, '--inbox-port')
  if (reset) await resetData(dataDir)

  const signals = listenForSignals()
  const progress = showProgress()
  const system = await startSystem({
    ...{ port, inboxPort, dataDir },
    databaseUrl: process.env['DATABASE_URL'],
    redisUrl: process.env['REDIS_URL'],
    onProgress: progress.step,
    onLog: printRequest,
  }).finally(() => progress.done())

  const watcher = watchSources(() => system.reload())
  const cron = setInterval(() => void system.tick().catch(() => undefined), CRON_EVERY_MS)
  const stop = () => {
    clearInterval(cron)
    watcher.close()
    void system.close().then(() => process.exit(0))
  }
  signals.stopWith(stop)
  outliveNoShell(stop)
  announce(system, progress.seconds())
}

await dev().catch((error: unknown) => {
  console.error(explainFailure(error))
  process.exit(1)
})
