import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { EGRESS_ADDRESS } from './egress-wire.ts'
import { projectPath } from './project.ts'
import type { WorkerOptions } from './run-worker.ts'

const BINARY = `node_modules/deno/deno${process.platform === 'win32' ? '.exe' : ''}`
const STOP_WITHIN_MS = 6_000

const Listening = z.object({ message: z.literal('listening'), url: z.string() })

/** Starts the application and waits until it listens. It ends with this process, however this process ends. */
export async function startDenoProcess(options: WorkerOptions, egressUrl: string) {
  const { scriptPath, onLog = () => undefined } = options
  const flags = [
    '--no-prompt',
    '--cached-only',
    '--allow-env',
    '--allow-net=127.0.0.1',
    // sharp is native code, and asks ldd which C library this is.
    '--allow-read=dist/assets,/usr/bin/ldd',
    '--allow-ffi=node_modules/@img',
  ]
  const preload = ['--preload', projectPath('scripts/system/deno-egress.ts')]
  const child = spawn(projectPath(BINARY), ['run', ...flags, ...preload, scriptPath], {
    cwd: projectPath('.'),
    env: environment(options, egressUrl),
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  const listening = Promise.withResolvers<string>()
  child.once('error', listening.reject)
  child.once('exit', (code) => listening.reject(new Error(`Deno ended with ${code} before it listened`)))
  // Read from the first line to the last: a full pipe would stop the application.
  if (child.stdout)
    createInterface(child.stdout).on('line', (line) => {
      const url = urlIn(line)
      if (url === undefined) onLog(line)
      else listening.resolve(url)
    })
  return {
    url: await listening.promise,
    /** Has the work of the minute done. */
    tick: async () => {
      child.send('tick')
      await once(child, 'message')
    },
    close: () => stop(child),
  }
}

function environment({ port, variables }: WorkerOptions, egressUrl: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    ...variables,
    HOST: '127.0.0.1',
    PORT: String(port),
    // As Cloudflare's edge names it, and Miniflare takes it: black-box tests come from many addresses.
    TRUSTED_ADDRESS_HEADER: 'cf-connecting-ip',
    [EGRESS_ADDRESS]: egressUrl,
    DENO_DIR: projectPath('node_modules/.cache/deno'),
    DENO_NO_UPDATE_CHECK: '1',
  }
}

function urlIn(line: string): string | undefined {
  try {
    return Listening.safeParse(JSON.parse(line)).data?.url
  } catch {
    return undefined
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  const impatient = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS)
  child.kill('SIGTERM')
  await gone
  clearTimeout(impatient)
}
