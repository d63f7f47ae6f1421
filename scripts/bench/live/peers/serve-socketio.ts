import { createServer } from 'node:http'
import process from 'node:process'
import { Server } from 'socket.io'
import { PositionChecks } from './check-position.ts'

/** A Node socket.io server with default options that does for a position what our room does. */
const server = createServer()
const io = new Server(server, { perMessageDeflate: false })
const checks = new Map<string, PositionChecks>()
io.on('connection', (socket) => {
  const [role = ''] = String(socket.handshake.auth['token']).split(':')
  let ride = ''
  socket.on('ride:join', (rideId: unknown, answer: unknown) => {
    ride = String(rideId)
    void socket.join(ride)
    if (role === 'driver') checks.set(ride, new PositionChecks())
    if (typeof answer === 'function') answer({ ok: true })
  })
  socket.on('location:update', ({ rideId, ...position }: Record<string, unknown>) => {
    const shown = checks.get(ride)?.accept({ type: 'position', ...position }, role)
    if (shown) socket.to(ride).emit('location:updated', { rideId, ...shown })
  })
})
server.listen(Number(process.argv[2]), '127.0.0.1')
