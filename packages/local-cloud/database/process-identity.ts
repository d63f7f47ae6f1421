import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)
/** In /proc/<pid>/stat, counted after the name in parentheses: the 22nd field of all, clock ticks since boot. */
const START_FIELD = 19

/** The process id and when that process started, since ids are used again: "4711 83221". */
export async function identify(pid: number): Promise<string> {
  return `${pid} ${await startOf(pid)}`
}

/** Whether the process that `identify` described is still there. Text that describes none is not. */
export async function isRunning(identity: string): Promise<boolean> {
  const pid = Number.parseInt(identity, 10)
  if (!(pid > 0)) return false
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false
  }
  return (await identify(pid)) === identity
}

/** An empty string where the system does not tell. */
async function startOf(pid: number): Promise<string> {
  try {
    if (process.platform === 'linux') {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
      return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[START_FIELD] ?? ''
    }
    const { stdout } = await run('ps', ['-o', 'lstart=', '-p', String(pid)])
    return stdout.trim()
  } catch {
    return ''
  }
}
