import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { lockDirectory } from './directory-lock.ts'
import { identify } from './process-identity.ts'

let directory: string
let path: string

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'lock-'))
  path = join(directory, 'lock')
})
afterEach(async () => {
  await rm(directory, { recursive: true })
})

test('one holder at a time, and nothing is left behind', async () => {
  const unlock = await lockDirectory(path, directory)
  expect(await readFile(path, 'utf8')).toBe(await identify(process.pid))
  await expect(lockDirectory(path, directory)).rejects.toMatchObject({ code: 'in_use' })
  await unlock()
  const again = await lockDirectory(path, directory)
  await again()
  expect(await readdir(directory)).toEqual([])
})

test('of many at once exactly one gets it, even when it must be taken over', async () => {
  await writeFile(path, '999999999 1')
  const attempts = await Promise.allSettled(Array.from({ length: 8 }, () => lockDirectory(path, directory)))
  expect(attempts.filter((attempt) => attempt.status === 'fulfilled')).toHaveLength(1)
})

test('the living holder is named', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  try {
    await once(child, 'spawn')
    await writeFile(path, await identify(child.pid ?? 0))
    await expect(lockDirectory(path, directory)).rejects.toThrow(`process ${child.pid}`)
  } finally {
    child.kill()
    await once(child, 'exit')
  }
  await expect(lockDirectory(path, directory)).resolves.toBeTypeOf('function')
})

test.each(['', 'nonsense', '0 1', `${process.pid} an earlier process with our number`])(
  'a stale lock is taken over: %j',
  async (content) => {
    await writeFile(path, content)
    await expect(lockDirectory(path, directory)).resolves.toBeTypeOf('function')
    expect(await readFile(path, 'utf8')).toBe(await identify(process.pid))
  },
)
