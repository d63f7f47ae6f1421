import { spawn } from 'node:child_process'
import { delimiter, join } from 'node:path'

export interface ToolResult {
  code: number
  /** What it wrote to both of its outputs, in order. */
  output: string
}

/**
 * Runs a tool of node_modules/.bin. It gets no input, so that a question ends it.
 * @param colour whether it may colour what it writes
 */
export function runTool(
  name: string,
  args: readonly string[],
  root: string,
  colour = false,
): Promise<ToolResult> {
  const bin = join(root, 'node_modules/.bin')
  const { NO_COLOR: _, FORCE_COLOR: __, ...inherited } = process.env
  const env = {
    ...inherited,
    ...(colour ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' }),
    PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}`,
  }
  return new Promise((resolve, reject) => {
    const tool = spawn(join(bin, name), args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [tool.stdout, tool.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => (output += chunk))
    }
    tool.on('error', reject)
    tool.on('close', (code) => resolve({ code: code ?? 1, output: output.trim() }))
  })
}
