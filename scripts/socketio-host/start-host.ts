import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from 'miniflare'
import { projectPath } from '../system/project.ts'

const run = promisify(execFile)
const BUNDLE = 'dist/socketio-host'

/** Starts the sample applications of the conformance suites over our engine, in workerd. @param port 0: any free one */
export async function startHost(port: number): Promise<{ url: string; close(): Promise<void> }> {
  // Alarms need a disk.
  const folder = await mkdtemp(join(tmpdir(), 'socketio-host-'))
  const wrangler = projectPath('node_modules/wrangler/bin/wrangler.js')
  const config = projectPath('scripts/socketio-host/wrangler.toml')
  await run(
    process.execPath,
    [wrangler, 'deploy', '--dry-run', '--config', config, '--outdir', projectPath(BUNDLE)],
    {
      env: { ...process.env, WRANGLER_SEND_METRICS: 'false', CI: 'true' },
    },
  )
  const object = (className: string) => ({ className, useSQLite: true })
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      host: '127.0.0.1',
      port,
      cf: false,
      modules: true,
      scriptPath: projectPath(`${BUNDLE}/sample-worker.js`),
      compatibilityDate: '2026-10-01',
      compatibilityFlags: ['nodejs_compat', 'no_web_socket_compression'],
      durableObjects: { SAMPLE_ENGINE: object('SampleEngine'), SAMPLE_SOCKET_IO: object('SampleSocketIo') },
      resourcePersistencePath: folder,
      log: new Log(LogLevel.ERROR),
    }),
  )
  const url = await miniflare.ready
  return {
    url: url.origin,
    close: async () => {
      await miniflare.dispose()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
