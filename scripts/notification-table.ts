import { readFileSync, writeFileSync } from 'node:fs'
import { withTable } from './notifications/table.ts'
import { projectPath } from './system/project.ts'

/** `node scripts/notification-table.ts`: writes the table of docs/notifications.md from packages/notifications/kinds.ts. */
const file = projectPath('docs/notifications.md')
writeFileSync(file, withTable(readFileSync(file, 'utf8')))
