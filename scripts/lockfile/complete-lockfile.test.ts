import { expect, test } from 'vitest'
import { completeLockfile, missingFrom } from './complete-lockfile.ts'

const lockfile = {
  lockfileVersion: 3,
  packages: {
    '': {},
    'node_modules/tool': {
      optionalDependencies: {
        '@tool/linux-x64': '1.2.3',
        '@tool/win32-arm64-msvc': '1.2.3',
        '@tool/linux-arm64-musl': '1.2.3',
      },
    },
    'node_modules/@tool/linux-x64': { version: '1.2.3', integrity: 'sha512-x' },
  },
}

test('what is missing is named and added with its system, and what is there stays', () => {
  expect(missingFrom(lockfile)).toEqual(['@tool/win32-arm64-msvc@1.2.3', '@tool/linux-arm64-musl@1.2.3'])
  const complete = completeLockfile(lockfile)
  expect(missingFrom(complete)).toEqual([])
  expect(complete.packages['node_modules/@tool/linux-x64']).toBe(
    lockfile.packages['node_modules/@tool/linux-x64'],
  )
  expect(complete.packages['node_modules/@tool/win32-arm64-msvc']).toEqual({
    ...{ version: '1.2.3', os: ['win32'], cpu: ['arm64'], dev: true, optional: true },
  })
  expect(complete.packages['node_modules/@tool/linux-arm64-musl']).toMatchObject({
    os: ['linux'],
    libc: ['musl'],
  })
})

test('a package that does not name its system is left to npm', () => {
  const packages = { 'node_modules/tool': { optionalDependencies: { fsevents: '2.0.0' } } }
  expect(() => completeLockfile({ packages })).toThrow('fsevents')
})
