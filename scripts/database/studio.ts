import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { projectPath } from '../system/project.ts'
import { runCommand } from './run-command.ts'

/** `npm run db:studio`: drizzle's table browser on the database of `npm run dev` (stop that first), or on DATABASE_URL. */
await runCommand(async (database, onProgress) => {
  const server = createServer((socket) => database.connect(socket))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const url = process.env['DATABASE_URL'] ?? `postgres://margwa:local@127.0.0.1:${port}/margwa`
  onProgress('studio, until Ctrl-C')
  const kit = projectPath('node_modules/drizzle-kit/bin.cjs')
  const studio = spawn(process.execPath, [kit, 'studio'], {
    cwd: projectPath('.'),
    stdio: 'inherit',
    env: { ...process.env, DATABASE_URL: url },
  })
  process.once('SIGINT', () => studio.kill('SIGINT'))
  await once(studio, 'exit')
  server.close()
  return 'Closed after'
})
