import { ScaffoldError } from './scaffold/new-operation.ts'
import { scaffoldOperation } from './scaffold/scaffold-operation.ts'
import { projectPath } from './system/project.ts'

const USAGE = 'npm run new:operation -- bookings create-waitlist-entry post /bookings/{id}/waitlist'

function main([domain, name, method, path]: readonly string[]): number {
  if (domain === undefined || name === undefined || method === undefined || path === undefined) {
    console.error(`Makes the file of an operation:\n  ${USAGE}`)
    return 2
  }
  try {
    const [file, index] = scaffoldOperation(projectPath('.'), { domain, name, method, path })
    console.log(`Wrote ${file} and added it to ${index}.`)
    console.log(
      'Next: its access, body, replies and errors, then its query in db/queries. CONTRIBUTING.md has the steps.',
    )
    return 0
  } catch (error) {
    if (!(error instanceof ScaffoldError)) throw error
    console.error(error.message)
    return 1
  }
}

process.exitCode = main(process.argv.slice(2))
