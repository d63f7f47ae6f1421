import { expect, test } from 'vitest'
import { projectPath } from '../system/project.ts'
import { runTool } from './run-tool.ts'

const root = projectPath('.')

test('gives the exit code and both outputs', async () => {
  const script = "console.log('out'); console.error('err'); process.exit(3)"
  const { code, output } = await runTool('node', ['-e', script], root)
  expect(code).toBe(3)
  expect(output.split('\n').toSorted()).toEqual(['err', 'out'])
})

test('gives no input, and rejects for a tool that is not there', async () => {
  const script = "process.stdin.on('end', () => console.log('over')).resume()"
  expect(await runTool('node', ['-e', script], root)).toEqual({ code: 0, output: 'over' })
  await expect(runTool('no-such-tool', [], root)).rejects.toThrow(/ENOENT/)
})
