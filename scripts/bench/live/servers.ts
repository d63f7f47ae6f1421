import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { type Connect, frames } from './client.ts'
import type { Command } from './run-server.ts'
import { socketIo } from './socketio-client.ts'
import { type WorkerdOptions, workerdCommand } from './workerd-command.ts'

export interface Contestant {
  name: string
  connect: Connect
  command: (port: number) => Command
}

const peer = (name: string) => (port: number) => ({
  program: process.execPath,
  args: [`scripts/bench/live/peers/${name}.ts`, String(port)],
})

const workerd = (bundle: string, folder: string, options: WorkerdOptions) => (port: number) =>
  workerdCommand(bundle, mkdtempSync(join(folder, 'workerd-')), port, options)

/** Everybody who is measured: ours, the limit of the runtime, and what apps use today. */
export function contestants(bundle: string, folder: string, options: WorkerdOptions = {}) {
  const ours = workerd(bundle, folder, options)
  return {
    native: { name: 'Margwa, native', connect: frames('/native', { greets: true }), command: ours },
    socketio: { name: 'Margwa, Socket.IO', connect: socketIo, command: ours },
    raw: { name: 'raw Durable Object relay', connect: frames('/raw', { greets: false }), command: ours },
    node: { name: 'Node socket.io 4.8', connect: socketIo, command: peer('serve-socketio') },
    ws: { name: 'Node ws, no logic', connect: frames('/', { greets: false }), command: peer('serve-ws') },
  } satisfies Record<string, Contestant>
}

export type ContestantId = keyof ReturnType<typeof contestants>

/** Socket.IO with the object of each person behind it, and what apps use today. */
export function withPeople(bundle: string, folder: string) {
  const name = 'Margwa, Socket.IO, with hubs'
  const { node } = contestants(bundle, folder)
  return [
    { name, connect: socketIo, command: workerd(bundle, folder, { hubs: true }) },
    node,
  ] satisfies Contestant[]
}
