import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { type Check, runChecks } from './run-checks.ts'

async function run(checks: Check[], { lanes = 2, isLive = false } = {}) {
  let output = ''
  const passed = await runChecks(checks, lanes, { write: (text) => (output += text), isLive })
  return { passed, output: output.replaceAll(/\d+\.\d s/g, '0.0 s') }
}
const good = (name: string): Check => ({ name, run: () => ({ failures: [], note: 'all well' }) })

test('writes one line a check, and no colour where there is no terminal', async () => {
  expect(await run([good('layers'), good('lint')])).toEqual({
    passed: true,
    output: '  ✓ layers    0.0 s  all well\n  ✓ lint      0.0 s  all well\n\n  All 2 checks passed in 0.0 s\n',
  })
})

test('shows every failure in full below, and fails', async () => {
  const bad: Check = { name: 'lint', run: () => ({ failures: ['one\ntwo', 'three'] }) }
  const { passed, output } = await run([bad, good('layers')])
  expect(passed).toBe(false)
  expect(output).toContain('\nlint (2)\n  one\n  two\n  three\n')
  expect(output).toContain('1 of 2 checks failed')
})

test('takes a check that throws for one that failed', async () => {
  const { passed, output } = await run([{ name: 'lint', run: () => Promise.reject(new Error('no such tool')) }])
  expect(passed).toBe(false)
  expect(output).toContain('no such tool')
})

test('runs as many at once as there are lanes, and all of them', async () => {
  let now = 0
  let most = 0
  let all = 0
  const slow: Check = {
    name: 'slow',
    run: async () => {
      most = Math.max(most, ++now)
      await wait(5)
      now--
      all++
      return { failures: [] }
    },
  }
  await run([slow, slow, slow, slow, slow], { lanes: 2 })
  expect({ most, all }).toEqual({ most: 2, all: 5 })
})

test('says on a terminal what still runs, and wipes that away', async () => {
  const { output } = await run([good('layers')], { isLive: true })
  expect(output).toContain('· layers')
  expect(output).toContain('\r\u001B[2K')
})
