import { expect, test, vi } from 'vitest'
import type { GatewayOrder } from '#packages/protocol/gateway-link.ts'
import { GatewayOrders } from './gateway-orders.ts'
import { isLinkId, linkId, readLinkId } from './link-id.ts'
import { MAX_WAITING_ORDERS } from './order-queue.ts'

const source = { ride: 'r' }
const tick = () => new Promise((resolve) => setTimeout(resolve))

/** Orders to gateways that answer only when they are told to. */
function slowGateways() {
  const taken: { gateway: string; orders: readonly GatewayOrder[] }[] = []
  const answers: PromiseWithResolvers<string[]>[] = []
  const gone = vi.fn<(ids: string[]) => void>()
  const lost = vi.fn<(gateway: string) => void>()
  const orders = new GatewayOrders({
    source,
    take: (gateway, _, given) => {
      taken.push({ gateway, orders: given })
      const answer = Promise.withResolvers<string[]>()
      answers.push(answer)
      return answer.promise
    },
    onGone: gone,
    onLost: lost,
  })
  return { orders, taken, answers, gone, lost }
}

test('one call per gateway carries what one turn said, each frame once', () => {
  const { orders, taken } = slowGateways()
  orders.send(['g1/a', 'g2/c', 'g1/b'], 'one')
  orders.send(['g1/a'], 'two')
  orders.close('g1/b', 'removed')
  orders.flush()
  expect(taken).toEqual([
    {
      gateway: 'g1',
      orders: [
        { do: 'send', sockets: ['a', 'b'], frame: 'one' },
        { do: 'send', sockets: ['a'], frame: 'two' },
        { do: 'close', sockets: ['b'], reason: 'removed' },
      ],
    },
    { gateway: 'g2', orders: [{ do: 'send', sockets: ['c'], frame: 'one' }] },
  ])
})

test('a busy gateway gets the rest later, of what is replaced only the latest, and holds up nobody else', async () => {
  const { orders, taken, answers } = slowGateways()
  const say = (frame: string, latest?: string) => {
    orders.send(['g1/a', 'g2/b'], frame, latest)
    orders.flush()
  }
  say('first', 'position')
  answers[1]?.resolve([])
  await tick()
  say('second', 'position')
  say('event')
  say('third', 'position')
  const framesOf = (name: string) =>
    taken
      .filter(({ gateway }) => gateway === name)
      .map((call) => call.orders.map((order) => 'frame' in order && order.frame))
  expect(framesOf('g1')).toEqual([['first']])
  answers[0]?.resolve([])
  answers[2]?.resolve([])
  await tick()
  expect(framesOf('g1')).toEqual([['first'], ['event', 'third']])
  expect(framesOf('g2')).toEqual([['first'], ['second'], ['event', 'third']])
})

test('positions travel with a reply to their gateway, and are not sent twice', () => {
  const { orders, taken } = slowGateways()
  orders.send(['g1/a', 'g2/b'], 'here', 'position')
  expect(orders.takeReplaceable('g1')).toEqual([{ sockets: ['a'], frame: 'here' }])
  expect(orders.takeReplaceable('g1')).toEqual([])
  orders.flush()
  expect(taken.map(({ gateway }) => gateway)).toEqual(['g2'])
})

test('a list of sockets that a gateway knows is named and not told again, until it is another', () => {
  const { orders } = slowGateways()
  const tell = (gateway: string, ids: string[], knows?: string) => {
    orders.send(ids, 'here', 'position')
    return orders.takeReplaceable(gateway, knows)
  }
  const [first] = tell('g1', ['g1/a', 'g1/b'])
  expect(first).toEqual({ frame: 'here', sockets: ['a', 'b'], list: expect.any(String) })
  expect(tell('g1', ['g1/a', 'g1/b'], first?.list)).toEqual([{ frame: 'here', list: first?.list }])
  // Who does not know it, or knows another, is told.
  expect(tell('g1', ['g1/a', 'g1/b'], undefined)).toEqual([first])
  expect(tell('g1', ['g1/a', 'g1/b'], crypto.randomUUID())).toEqual([first])
  const [shorter] = tell('g1', ['g1/a', 'g1/c'], first?.list)
  expect(shorter).toMatchObject({ sockets: ['a', 'c'] })
  expect(shorter?.list).not.toBe(first?.list)
  // The same sockets again are a list of their own: that they are the same nobody remembers.
  expect(tell('g1', ['g1/a', 'g1/b'], first?.list)).toMatchObject([{ sockets: ['a', 'b'] }])
  expect(tell('g1', ['g1/a'], first?.list)).toEqual([{ frame: 'here', sockets: ['a'] }])
})

test('with a reply nothing travels that must be heard in order, or while a call is on its way', async () => {
  const { orders, taken, answers } = slowGateways()
  orders.send(['g1/a'], 'here', 'position')
  orders.send(['g1/a'], 'boarded')
  expect(orders.takeReplaceable('g1')).toEqual([])
  orders.flush()
  orders.send(['g1/a'], 'there', 'position')
  expect(orders.takeReplaceable('g1')).toEqual([])
  orders.flush()
  answers[0]?.resolve([])
  await tick()
  expect(taken.map((call) => call.orders.map((order) => 'frame' in order && order.frame))).toEqual([
    ['here', 'boarded'],
    ['there'],
  ])
  answers[1]?.resolve([])
  await tick()
  orders.close('g1/a', 'removed')
  expect(orders.takeReplaceable('g1')).toEqual([])
})

test('sockets that a gateway has no longer are told of', async () => {
  const { orders, answers, gone } = slowGateways()
  orders.send(['g1/a', 'g1/b'], 'one')
  orders.flush()
  answers[0]?.resolve(['b'])
  await tick()
  expect(gone).toHaveBeenCalledExactlyOnceWith(['g1/b'])
})

test('a gateway that cannot be reached, or does not keep up, is given up', async () => {
  const { orders, answers, lost } = slowGateways()
  orders.send(['g1/a'], 'one')
  orders.flush()
  answers[0]?.reject(new Error('gone'))
  await tick()
  expect(lost.mock.calls.map(([gateway]) => gateway)).toEqual(['g1'])
  for (let i = 0; i < MAX_WAITING_ORDERS + 2; i++) {
    orders.send(['g2/a'], `event ${i}`)
    orders.flush()
  }
  expect(lost.mock.calls.map(([gateway]) => gateway)).toEqual(['g1', 'g2'])
})

test('links have a slash in their id, native sockets have none', () => {
  const link = { gateway: 'shard-3', socket: 'a/b' }
  expect(readLinkId(linkId(link))).toEqual(link)
  expect([isLinkId(linkId(link)), isLinkId('Zk3_-x'), readLinkId('Zk3_-x')]).toEqual([true, false, null])
})
