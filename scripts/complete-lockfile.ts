import { readFileSync, writeFileSync } from 'node:fs'
import { completeLockfile, Lockfile, missingFrom } from './lockfile/complete-lockfile.ts'
import { projectPath } from './system/project.ts'

/** `npm run lockfile`: after `npm install`, adds the programs for other systems that the registry did not have. */
const file = projectPath('package-lock.json')
const lockfile = Lockfile.parse(JSON.parse(readFileSync(file, 'utf8')))
const missing = missingFrom(lockfile)
writeFileSync(file, `${JSON.stringify(completeLockfile(lockfile), null, 2)}\n`)
console.log(missing.length === 0 ? 'The lock file is complete.' : `Added:\n  ${missing.join('\n  ')}`)
