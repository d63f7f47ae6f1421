import { expect, test } from 'vitest'
import { FakeSocket, fakeUpgrade } from './testing/fake-socket.ts'
import { readyForUpgrade, upgradeSocket } from './upgrade-socket.ts'

const upgrade = { upgrade: 'websocket', connection: 'keep-alive, Upgrade', 'sec-websocket-key': 'key' }
const request = (headers: Record<string, string>, method = 'GET') =>
  new Request('http://localhost/live', { method, headers })

test('a request that asks for no socket stays the same', () => {
  const plain = request({ origin: 'https://app.example' })
  expect(readyForUpgrade(plain)).toBe(plain)
})

test('an upgrade loses its origin and keeps the rest', () => {
  const { headers } = readyForUpgrade(
    request({ ...upgrade, origin: 'https://app.example', authorization: 'Bearer token' }),
  )
  expect(Object.fromEntries(headers)).toEqual({ ...upgrade, authorization: 'Bearer token' })
})

test.each([
  ['without a key', { upgrade: 'websocket', connection: 'upgrade' }, 'GET'],
  ['without its connection', { upgrade: 'websocket', 'sec-websocket-key': 'key' }, 'GET'],
  ['by another method', upgrade, 'POST'],
])('an upgrade %s is none', (_, headers, method) => {
  expect(readyForUpgrade(request(headers, method)).headers.has('upgrade')).toBe(false)
})

test.each([
  ['margwa.v1,token', { protocol: 'margwa.v1' }],
  ['margwa.v1, token', { protocol: 'margwa.v1' }],
  ['other', {}],
])('of the subprotocols "%s" ours is chosen, if it is there', (protocols, chosen) => {
  const { upgrade: perform, asked } = fakeUpgrade(new FakeSocket())
  const ready = readyForUpgrade(request({ ...upgrade, 'sec-websocket-protocol': protocols }))
  upgradeSocket(perform, ready)
  expect(asked).toEqual([chosen])
  expect(ready.headers.get('sec-websocket-protocol')).toBe(protocols.split(/, ?/).join(', '))
})
