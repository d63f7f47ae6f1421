import { defineConfig } from 'vitest/config'

/** `unit`: pure code in plain Node. `npm test` adds the workerd and the black-box projects, each with its own file. */
export default defineConfig({
  test: {
    name: 'unit',
    include: ['packages/**/*.test.ts', 'db/**/*.test.ts', 'workers/**/*.test.ts', 'scripts/**/*.test.ts'],
    exclude: ['**/*.workerd.test.ts', '**/node_modules/**'],
    passWithNoTests: false,
  },
})
