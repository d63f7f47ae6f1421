import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { z } from 'zod'
import file from '#packages/places/gazetteer/gazetteer.json' with { type: 'json' }
import { readGazetteer } from '#packages/places/gazetteer/gazetteer.ts'
import { projectPath } from '../../system/project.ts'
import { drawBars } from '../plots/draw-bars.ts'
import { percentile } from '../search/stats.ts'
import { chooseQuestions } from './choose-questions.ts'
import { measureInSystem } from './in-system.ts'
import { measureInWorkerd } from './in-workerd.ts'
import { writeReport } from './write-report.ts'

/** What the gazetteer costs in workerd: time by what is typed, memory, bytes in the bundle. */
const Memory = z.object({ spelled: z.number(), sounded: z.number() })

async function measureMemory() {
  const args = ['--expose-gc', projectPath('scripts/bench/places/measure-memory.ts')]
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: projectPath('.') })
  return Memory.parse(JSON.parse(stdout))
}

const towns = readGazetteer(file)
const questions = chooseQuestions(towns)
console.log(`${towns.length} towns; ${Object.values(questions).flat().length} searches in workerd …`)
const workerd = await measureInWorkerd(questions)
console.log('the same as whole requests …')
const requests = await measureInSystem(Object.values(questions).flat())
const memory = await measureMemory()

const bars = Object.entries(workerd.times).map(([label, times]) => {
  const value = percentile(times, 0.95)
  return { label, value, text: `${value.toFixed(2)} ms` }
})
// As the bundler writes it.
const data = JSON.stringify(file)
const size = { bytes: data.length, gzipped: gzipSync(data, { level: 9 }).length }
const report = writeReport({ ...workerd, ...size, towns: towns.length, requests, memory }, new Date())
writeFileSync(projectPath('docs/benchmarks/places.svg'), drawBars('p95 of a search in workerd', bars))
writeFileSync(projectPath('docs/benchmarks/places.md'), report)
console.log(report)
