import { readFileSync } from 'node:fs'

/**
 * The most memory that a process and its children have had, MiB, of each process by itself; Linux only.
 * @returns undefined where the system does not tell
 */
export function readPeak(pid: number): number | undefined {
  try {
    const [, peak = '0'] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean)
    return children.reduce((sum, child) => sum + (readPeak(Number(child)) ?? 0), Number(peak) / 1024)
  } catch {
    return undefined
  }
}
