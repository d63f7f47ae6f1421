import { defineConfig } from 'vitest/config'

/** `blackbox`: the started system, known only by its address. One file at a time: some switch its parts off. */
export default defineConfig({
  test: {
    name: 'blackbox',
    include: ['tests/**/*.test.ts'],
    globalSetup: './tests/setup/start-target.ts',
    fileParallelism: false,
    testTimeout: 20_000,
  },
})
