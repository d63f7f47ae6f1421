import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { type Connect, frames, socketIo } from './client.ts'
import type { Command } from './run-server.ts'
import { workerdCommand } from './workerd-command.ts'

export interface Contestant {
  name: string
  connect: Connect
  command: (port: number) => Command
}

const peer = (name: string) => (port: number) => ({
  program: process.execPath,
  args: [`scripts/bench/live/peers/${name}.ts`, String(port)],
})

/** Everybody who is measured: ours, the limit of the runtime, and what apps use today. */
export function contestants(bundle: string, folder: string) {
  const ours = (port: number) => workerdCommand(bundle, mkdtempSync(join(folder, 'workerd-')), port)
  return {
    native: { name: 'Margwa, native', connect: frames('/native', { greets: true }), command: ours },
    socketio: { name: 'Margwa, Socket.IO', connect: socketIo, command: ours },
    raw: { name: 'raw Durable Object relay', connect: frames('/raw', { greets: false }), command: ours },
    node: { name: 'Node socket.io 4.8', connect: socketIo, command: peer('serve-socketio') },
    ws: { name: 'Node ws, no logic', connect: frames('/', { greets: false }), command: peer('serve-ws') },
  } satisfies Record<string, Contestant>
}

export type ContestantId = keyof ReturnType<typeof contestants>
