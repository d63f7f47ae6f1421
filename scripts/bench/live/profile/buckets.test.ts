import { expect, test } from 'vitest'
import { BucketFinder } from './buckets.ts'
import { readStacks } from './read-stacks.ts'

const finder = new BucketFinder()
const bucketOf = (...frames: string[]) => finder.find({ thread: 'workerd', frames })

test('the innermost frame that says something decides', () => {
  const loop = ['workerd::api::HibernatableWebSocketCustomEvent::run', 'kj::_::waitImpl']
  const script = ["JS:+'webSocketMessage worker.js:100:57086", 'Builtins_JSEntry', ...loop]
  expect(bucketOf('tcmalloc::New', ...loop)).toBe('delivering a WebSocket message')
  expect(bucketOf('v8::internal::JsonParser<unsigned char>::Parse', ...script)).toBe('our JavaScript')
  expect(bucketOf('workerd::api::WebSocket::send', ...script)).toBe('sending on a WebSocket')
  expect(bucketOf('memmove', 'tcp_sendmsg', '__sys_sendto', 'do_syscall_64', ...script)).toBe(
    'network, sending',
  )
  expect(bucketOf('v8::internal::Scavenger::Process', 'v8::internal::Heap::CollectGarbage', ...script)).toBe(
    'garbage collection',
  )
})

test('an interrupt or a page fault is paid by whoever was running', () => {
  expect(bucketOf('handle_softirqs', 'asm_sysvec', 'workerd::api::JsRpcProperty::call')).toBe(
    'calls between objects',
  )
})

test('the loop is blamed where nothing else is, and nobody for a stack that tells nothing', () => {
  expect(bucketOf('memmove', 'kj::_::Event::armDepthFirst')).toBe('event loop and promises')
  expect(bucketOf('[unknown]')).toBe('everything else')
  expect(bucketOf()).toBe('everything else')
})

test('samples are read one by one', async () => {
  async function* lines() {
    yield* [
      'workerd ',
      '\t    7f2a send (anonymous namespace)',
      '\t    12 kj::run',
      '',
      'V8 DefaultWorke ',
      '\t 99 mark',
      '',
    ]
  }
  const samples = []
  for await (const sample of readStacks(lines())) samples.push(sample)
  expect(samples).toEqual([
    { thread: 'workerd', frames: ['send (anonymous namespace)', 'kj::run'] },
    { thread: 'V8 DefaultWorke', frames: ['mark'] },
  ])
})
