import { afterEach, expect, test } from 'vitest'
import { book } from './client/bookings.ts'
import { chatOf, say } from './client/chat.ts'
import { type Person, signIn } from './client/people.ts'
import { SocketIoClient, type SocketIoOptions } from './client/socket-io.ts'
import { moveRide, publishTrip } from './client/trips.ts'

const open: SocketIoClient[] = []
afterEach(() => {
  for (const client of open.splice(0)) client.hangUp()
})

async function connect(person: Person, options: SocketIoOptions = {}): Promise<SocketIoClient> {
  const client = await SocketIoClient.connect(person.token, options)
  open.push(client)
  return client
}

/** What the client keeps to itself: the name under which it comes back. */
const pidOf = ({ socket }: SocketIoClient): unknown => Reflect.get(socket, '_pid')

const bodies = (client: SocketIoClient) =>
  client.events('chat:message').map((event) => Object(event).message.body as unknown)

test.each([
  ['default options', {}],
  ['WebSocket only', { transports: ['websocket'] }],
  ['polling only', { transports: ['polling'] }],
] satisfies [string, SocketIoOptions][])(
  'with %s a client that broke off gets what it missed, and its rides',
  async (_, options) => {
    const trip = await publishTrip()
    const passenger = await signIn()
    await book(trip, passenger)
    await moveRide(trip, 'start')
    const conversation = await chatOf(trip, passenger, trip.driver)
    const app = await connect(passenger, { ...options, reconnectionDelay: 1500, randomizationFactor: 0 })
    const { id } = app.socket
    await app.ask('ride:join', trip.rideId)
    await say(trip.driver, conversation, 'one')
    await app.until(() => bodies(app).length === 1)

    app.breakOff()
    await app.until(() => app.disconnects.length === 1)
    for (const text of ['two', 'three']) await say(trip.driver, conversation, text)
    await app.until(() => app.connects === 2)
    expect(app.socket.recovered).toBe(true)
    expect(app.socket.id).toBe(id)
    await app.until(() => bodies(app).length === 3)
    expect(bodies(app)).toEqual(['one', 'two', 'three'])
    await app.until(() => app.events('ride:snapshot').length === 2)

    const car = await connect(trip.driver)
    await car.ask('location:update', { lat: 12.97, lng: 77.59, rideId: trip.rideId })
    await app.until(() => app.events('location:updated').length > 0)
  },
)

test('a pid of somebody else is nobody’s: its rides and events are not given away', async () => {
  const trip = await publishTrip()
  const [owner, thief] = [await signIn(), await signIn()]
  await book(trip, owner)
  const app = await connect(owner)
  await app.ask('ride:join', trip.rideId)
  const pid = pidOf(app)
  expect(pid).toMatch(/^[\w-]{20}\.[\w-]{20}$/)
  const other = new SocketIoClient(thief.token, { auth: { token: thief.token, pid, offset: 'h0' } })
  open.push(other)
  await other.until(() => other.events('realtime:snapshot').length > 0)
  expect(other.socket.recovered).toBe(false)
  expect(pidOf(other)).not.toBe(pid)
  expect(other.heard.map(({ name }) => name)).toEqual(['realtime:snapshot'])
})
