import { createServer } from 'node:http'
import process from 'node:process'
import { type WebSocket, WebSocketServer } from 'ws'

/** Node's `ws` with rooms and nothing else: what one socket says goes to the others of its room. */
const rooms = new Map<string, Set<WebSocket>>()
const server = createServer()
const sockets = new WebSocketServer({ server, perMessageDeflate: false })
sockets.on('connection', (socket, { url = '/' }) => {
  const name = new URL(url, 'http://local').searchParams.get('room') ?? ''
  const room = rooms.get(name) ?? new Set()
  rooms.set(name, room.add(socket))
  socket.on('message', (data, isBinary) => {
    for (const other of room) if (other !== socket) other.send(data, { binary: isBinary })
  })
  socket.on('close', () => room.delete(socket))
})
server.listen(Number(process.argv[2]), '127.0.0.1')
