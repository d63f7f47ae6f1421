import { z } from 'zod'
import { type Connect, hear, type Memory, open, position, textOf } from './client.ts'

const Welcome = z.object({ pid: z.string().optional() })
/** An offset is a last argument that is a string; a snapshot's is its only one. */
const OFFSET = /^42\[.*,"([^"]*)"\]$/

/**
 * A Socket.IO client over WebSocket: what socket.io-client says and answers, without its cost in the load generator. It
 * joins its ride; one that shows its memory is to be recognised and hears of its ride without asking.
 */
export const socketIo: Connect = async (arrival) => {
  const { port, seat, memory } = arrival
  const { socket, ready } = open(`ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`)
  const own: Memory = { pid: '', offset: memory?.offset ?? null }
  const token = `${seat.role}:${seat.user}`
  const shown = memory && { pid: memory.pid, ...(memory.offset !== null && { offset: memory.offset }) }
  const answers: Record<string, (packet: string) => void> = {
    '0': () => socket.send(`40${JSON.stringify({ token, ...shown })}`),
    '2': () => socket.send('3'),
    '40': (packet) => {
      own.pid = Welcome.parse(JSON.parse(packet.slice(2))).pid ?? ''
      if (!memory) socket.send(`420${JSON.stringify(['ride:join', seat.room])}`)
      else if (memory.pid !== own.pid) ready.reject(new Error('came back and was not recognised'))
    },
    '42': (packet) => {
      own.offset = OFFSET.exec(packet)?.[1] ?? own.offset
      if (memory && packet.startsWith('42["ride:snapshot"')) ready.resolve()
    },
    '43': () => ready.resolve(),
    '44': (packet) => ready.reject(new Error(packet)),
  }
  socket.on('message', (data) => {
    const packet = textOf(data)
    answers[packet.startsWith('4') ? packet.slice(0, 2) : packet.charAt(0)]?.(packet)
  })
  await ready.promise
  hear(socket, arrival)
  return {
    report: (step) =>
      socket.send(`42${JSON.stringify(['location:update', { ...position(step), rideId: seat.room }])}`),
    memory: () => (own.pid === '' ? null : own),
    close: () => socket.terminate(),
  }
}
