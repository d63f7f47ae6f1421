import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import sharp from 'sharp'
import { z } from 'zod'
import { projectPath } from '../system/project.ts'
import { readPeak } from './avatars/read-peak.ts'
import { median, READY, RUNS } from './avatars/run-case.ts'
import { drawBars } from './plots/draw-bars.ts'

/** What a photo of a phone costs to become three avatars, in time and memory, wherever the application runs. */
const WIDTH = 4000
const HEIGHT = 3000

const DENO = [
  'run',
  '--no-prompt',
  '--cached-only',
  '--allow-env',
  '--allow-read',
  '--allow-ffi=node_modules/@img',
]
const CASES = [
  {
    name: 'Images binding, workerd (Miniflare)',
    program: process.execPath,
    args: ['scripts/bench/avatars/in-workerd.ts'],
  },
  {
    name: 'sharp, Deno',
    program: projectPath('node_modules/deno/deno'),
    args: [...DENO, 'scripts/bench/avatars/in-sharp.ts'],
  },
  { name: 'sharp, Node', program: process.execPath, args: ['scripts/bench/avatars/in-sharp.ts'] },
]

/** As hard to code as a photo: noise at several sizes, over colours. */
async function makePhoto(): Promise<Buffer> {
  const noise = async (scale: number) => {
    const create = { width: WIDTH / scale, height: HEIGHT / scale, channels: 3, background: '#808080' } as const
    const grain = sharp({ create: { ...create, noise: { type: 'gaussian', mean: 128, sigma: 40 } } })
    return sharp(await grain.png().toBuffer())
      .resize(WIDTH, HEIGHT)
      .png()
      .toBuffer()
  }
  const [coarse, middle, fine] = await Promise.all([200, 20, 4].map(noise))
  const layers = [middle, fine].map((input) => ({ input: input ?? Buffer.of(), blend: 'soft-light' as const }))
  return sharp(coarse).composite(layers).withMetadata({ orientation: 6 }).jpeg({ quality: 88 }).toBuffer()
}

async function measure({ name, program, args }: (typeof CASES)[number], photo: string) {
  const environment = {
    ...process.env,
    DENO_DIR: projectPath('node_modules/.cache/deno'),
    DENO_NO_UPDATE_CHECK: '1',
  }
  const child = spawn(program, [...args, photo], {
    cwd: projectPath('.'),
    env: environment,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  const peak = () => readPeak(child.pid ?? 0)
  let idle: number | undefined
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      if (line === READY) {
        idle = peak()
        child.stdin.write('go\n')
        continue
      }
      const times = z.array(z.number()).parse(JSON.parse(line))
      const mebibytes = (value: number | undefined) => (value === undefined ? 'unknown' : Math.round(value))
      return {
        where: name,
        'median ms': Math.round(median(times)),
        'slowest ms': Math.round(Math.max(...times)),
        'idle MiB': mebibytes(idle),
        'peak MiB': mebibytes(peak()),
      }
    }
    throw new Error(`${name} ended before it had measured`)
  } finally {
    child.stdin.end()
    await ended
  }
}

type Row = Awaited<ReturnType<typeof measure>>

/** The table and the picture that the documents show. */
function writeReport(bytes: number, rows: readonly Row[]): void {
  const title = `A photo of ${WIDTH} × ${HEIGHT} to three avatars`
  const bars = rows.map((row) => ({
    label: row.where,
    value: row['median ms'],
    text: `${row['median ms']} ms · ${row['peak MiB']} MiB`,
  }))
  writeFileSync(projectPath('docs/benchmarks/avatars.svg'), drawBars(title, bars))
  const columns = ['where', 'median ms', 'slowest ms', 'idle MiB', 'peak MiB'] as const
  const line = (cells: readonly unknown[]) => `| ${cells.join(' | ')} |`
  const table = [
    line(columns),
    line(columns.map(() => '---')),
    ...rows.map((row) => line(columns.map((name) => row[name]))),
  ]
  const text = `# ${title}

![median time and peak memory](avatars.svg)

${table.join('\n')}

A JPEG of ${bytes.toLocaleString('en')} bytes, ${RUNS} runs each; memory is that of the process with everything in it. Behind
Miniflare's Images binding is sharp on this machine, so its line tells what the way there costs and nothing of Cloudflare's speed.

\`npm run bench:avatars\`, ${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.versions.node}.
`
  writeFileSync(projectPath('docs/benchmarks/avatars.md'), text)
}

const folder = mkdtempSync(join(tmpdir(), 'margwa-avatars-'))
try {
  const photo = await makePhoto()
  writeFileSync(join(folder, 'photo.jpg'), photo)
  console.log(`A JPEG of ${WIDTH} × ${HEIGHT}, ${photo.length} bytes, to three avatars, ${RUNS} times:`)
  const rows = []
  for (const each of CASES) rows.push(await measure(each, join(folder, 'photo.jpg')))
  console.table(rows)
  writeReport(photo.length, rows)
} finally {
  rmSync(folder, { recursive: true })
}
