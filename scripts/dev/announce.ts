import pc from 'picocolors'
import type { System } from '../system/start-system.ts'

const row = (name: string, text: string) => `  ${pc.dim(name.padEnd(12))}${text}`

/** Says what runs where. */
export function announce(system: System, seconds: string): void {
  const { port } = new URL(system.url)
  const base = `http://localhost:${port}`
  const lines = [
    '',
    `  ${pc.bold(pc.green('Margwa'))} is up ${pc.dim(`after ${seconds} s`)}`,
    '',
    row('API', pc.cyan(`${base}/api/v1`)),
    row('Reference', pc.cyan(`${base}/docs/`)),
    row('Inbox', `${pc.cyan(system.inboxUrl)} ${pc.dim('SMS codes, pushes, payments, faults')}`),
    row(
      'Database',
      system.database.kind === 'embedded' ? 'embedded PostgreSQL with PostGIS' : 'PostgreSQL at DATABASE_URL',
    ),
    row('Redis', system.redis.kind === 'embedded' ? 'embedded' : 'Redis at REDIS_URL'),
    '',
    `  ${pc.dim('Next:')} npm run demo   ${pc.dim('·  Ctrl-C stops  ·')}  npm run dev -- --reset ${pc.dim('starts afresh')}`,
    '',
  ]
  console.log(lines.join('\n'))
}
