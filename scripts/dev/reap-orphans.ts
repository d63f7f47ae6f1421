import { execFileSync } from 'node:child_process'
import { setTimeout } from 'node:timers/promises'
import { projectPath } from '../system/project.ts'

const POLL_MS = 20
const MAX_WAIT_MS = 2000

interface Process {
  pid: number
  parent: number
  command: string
}

/** The workerd processes of this project whose parent is gone: a killed dev process cannot take its child along. */
export function findOrphans(processes: readonly Process[], projectRoot: string): number[] {
  const commands = new Map(processes.map(({ pid, command }) => [pid, command]))
  const ours = processes.filter(
    ({ command }) => command.startsWith(projectRoot) && command.includes('workerd serve'),
  )
  return ours.filter(({ parent }) => !/\bnode\b/.test(commands.get(parent) ?? '')).map(({ pid }) => pid)
}

/** Ends what a killed dev process left running, so that its port and its files are free again. */
export async function reapOrphans(): Promise<void> {
  if (process.platform === 'win32') return
  const listing = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8', maxBuffer: 16 * 2 ** 20 })
  const processes = listing.split('\n').flatMap((line) => {
    const [, pid, parent, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? []
    return command === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), command }]
  })
  const orphans = findOrphans(processes, projectPath('.'))
  for (const pid of orphans) process.kill(pid, 'SIGKILL')
  for (let waited = 0; orphans.some(isAlive) && waited < MAX_WAIT_MS; waited += POLL_MS)
    await setTimeout(POLL_MS)
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
