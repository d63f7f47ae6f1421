import { expect, test } from 'vitest'
import { projectPath } from '../system/project.ts'
import { checkMigrations } from './check-migrations.ts'

const TIMEOUT_MS = 60_000
const root = projectPath('.')

test('the migrations of this project are in step with its schema', { timeout: TIMEOUT_MS }, async () => {
  expect(await checkMigrations(root)).toEqual([])
})

test('refuses a change without a migration, and shows it', { timeout: TIMEOUT_MS }, async () => {
  const failures = await checkMigrations(root, 'scripts/check/testing/added-table.ts')
  expect(failures).toEqual([expect.stringMatching(/without a migration[^]*CREATE TABLE "forgotten"/)])
})

test('refuses a change that drizzle-kit wants to ask about', { timeout: TIMEOUT_MS }, async () => {
  expect(await checkMigrations(root, 'scripts/check/testing/renamed-tables.ts')).toHaveLength(1)
})
