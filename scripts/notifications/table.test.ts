import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { projectPath } from '../system/project.ts'
import { notificationTable, withTable } from './table.ts'

const page = readFileSync(projectPath('docs/notifications.md'), 'utf8')

test('the page has every kind as the application has it; `node scripts/notification-table.ts` writes it', () => {
  expect(page).toBe(withTable(page))
})

test('a page whose table is not that of the application is noticed', () => {
  expect(withTable(page.replace('24 h', '25 h'))).toBe(page)
  expect(page.replace('24 h', '25 h')).not.toBe(page)
  expect(notificationTable()).toMatch(/\| `ride_cancelled` +\| passenger +\|/)
})
