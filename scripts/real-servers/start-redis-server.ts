import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { RealServer } from './real-server.ts'

/** Starts a Redis of its own on a loopback port, without persistence. */
export async function startRedisServer(folder: string, port: number): Promise<RealServer> {
  const options = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--save',
    '',
    '--appendonly',
    'no',
    '--dir',
    folder,
  ]
  const server = spawn('redis-server', options, { stdio: ['ignore', 'pipe', 'inherit'] })
  server.once('error', () => undefined)
  for await (const line of server.stdout) {
    if (String(line).includes('Ready to accept connections')) break
  }
  if (server.exitCode !== null || server.pid === undefined) {
    throw new Error('Redis did not start. Installed? apt-get install -y redis-server')
  }
  server.stdout.resume()
  const close = async () => {
    server.kill('SIGTERM')
    if (server.exitCode === null) await once(server, 'exit')
  }
  return { url: `redis://127.0.0.1:${port}`, close }
}
