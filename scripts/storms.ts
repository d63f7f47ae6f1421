import pc from 'picocolors'
import { answers } from './storms/answers.ts'
import { crowd } from './storms/crowd.ts'
import { endings } from './storms/endings.ts'
import { namedSeats } from './storms/named-seats.ts'
import { openStormDatabase } from './storms/open-storm-database.ts'
import { payments } from './storms/payments.ts'
import { printResults } from './storms/print-results.ts'
import { runStorm, type StormResult } from './storms/storm.ts'
import { talking } from './storms/talking.ts'
import { waiting } from './storms/waiting.ts'

const HELP = `Usage: npm run test:storms [-- PART_OF_A_NAME …]

Lets many people book, pay, wait, cancel, answer and talk at once, on a real PostgreSQL, and looks whether anything came out wrong.
Starts the PostgreSQL and PostGIS of Debian's packages in a temporary folder (apt-get install -y postgresql-15
postgresql-15-postgis-3 redis-server). To use a server of your own, with an empty database:

  TEST_DATABASE_URL=postgres://user:password@host/database node scripts/storms.ts

Variables: STORM_ROUNDS, how often each storm is repeated; otherwise each has a number of its own.`

const storms = [crowd, answers, namedSeats, waiting, endings, payments, talking]

/** Runs the storms whose names hold one of the words. Returns the exit code. */
async function main(words: readonly string[]): Promise<number> {
  const url = process.env['TEST_DATABASE_URL']
  if (words.includes('--help')) return say(HELP, 0)
  if (!url) return say(`TEST_DATABASE_URL is not set.\n\n${HELP}`, 2)
  const rounds = Number(process.env['STORM_ROUNDS'])
  const chosen = storms.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)))
  if (chosen.length === 0)
    return say(`No storm has a name like that: ${storms.map(({ name }) => name).join('; ')}`, 2)
  const database = await openStormDatabase(url)
  const results: StormResult[] = []
  try {
    for (const storm of chosen) {
      const all = rounds > 0 ? rounds : storm.rounds
      results.push(
        await runStorm(database.db, { ...storm, rounds: all }, (done) => progress(storm.name, done, all)),
      )
    }
  } finally {
    await database.close()
  }
  printResults(results)
  const broken = results.reduce((sum, result) => sum + result.broken.length, 0)
  return broken > 0 ? say(pc.red(`\n  ${broken} broken`), 1) : say(pc.green('\n  Nothing broke.'), 0)
}

function say(text: string, code: number): number {
  console.log(text)
  return code
}

/** One line that grows, or on no terminal a line for each finished storm. */
function progress(name: string, done: number, all: number): void {
  if (process.stdout.isTTY) process.stdout.write(`\r  ${name}: ${done} of ${all}${done === all ? '\n' : ''}`)
  else if (done === all) console.log(`  ${name}: ${all} rounds`)
}

process.exitCode = await main(process.argv.slice(2))
