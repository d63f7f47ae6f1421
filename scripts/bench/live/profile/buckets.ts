import type { Sample } from './read-stacks.ts'

/** What processor time goes to, and the functions that say so. */
interface Bucket {
  name: string
  /** What is within it, for the reader. */
  about: string
  frames: RegExp
}

/**
 * The innermost frame that belongs to one decides: what `send` does for our JavaScript is sending. Interrupts and page faults
 * belong to none: whoever was running pays for them. Names are those of workerd, V8 and Linux.
 */
const buckets = [
  {
    name: 'garbage collection',
    about: 'V8’s and that of the runtime’s own objects, on every thread',
    frames:
      /^(v8::internal::(\(anonymous namespace\)::)?(Heap::(Collect|PerformGarbage)|Scaveng|MarkCompact|IncrementalMarking|Sweeper|Marking|ConcurrentMarking|MinorMark|Evacuator|LiveObjectVisitor|PointersUpdating|RememberedSet|ParallelWeak|ClearNonLive)|cppgc::internal::(\w+::)?(Sweep|Mark|Concurrent|.*Sweeper))/,
  },
  {
    name: 'compilation',
    about: 'V8’s parser and compilers, on every thread',
    frames:
      /^v8::internal::(maglev::|compiler::|baseline::|Optimizing|Turbofan|Compiler::|TieringManager|Parser|parsing::)/,
  },
  {
    name: 'network, sending',
    about: 'the kernel’s part, with the delivery over the loopback',
    frames: /^(tcp_sendmsg|inet_sendmsg|sock_sendmsg|sock_write_iter|__sys_send|____sys_send)/,
  },
  {
    name: 'network, receiving',
    about: 'the kernel’s part',
    frames: /^(tcp_recvmsg|inet_recvmsg|sock_recvmsg|sock_read_iter|__sys_recv|____sys_recv)/,
  },
  {
    name: 'waiting',
    about: 'the kernel’s part of going to sleep and waking; a server with more to do does it less',
    frames: /^(do_epoll_wait|do_futex|__x64_sys_(epoll_|futex))/,
  },
  {
    name: 'storage',
    about: 'SQLite, what the runtime does around it, and the file system',
    frames:
      /^(sqlite3|ext4_|vfs_|do_fsync|.*workerd::(Sqlite|ActorSqlite|ActorCache|api::(SyncKvStorage|DurableObjectStorage|SqlStorage)))/,
  },
  {
    name: 'other system calls',
    about: 'memory, mostly',
    frames: /^(do_syscall_64|entry_SYSCALL|el0_svc)/,
  },
  {
    name: 'sending on a WebSocket',
    about: '`send`, the pump and framing, above the kernel',
    frames:
      /workerd::api::\w*WebSocket(Adapter)?::(send|pump|ensurePumping)|WebSocket(Pipe)?Impl::(send|BlockedPumpTo)|WebSocketPipeEnd::send/,
  },
  {
    name: 'calls between objects',
    about: 'RPC: serializing, capabilities, entering the other object',
    frames: /JsRpc|capnp::|callImpl|workerd::rpc::|v8::(internal::)?Value(Des|S)erializer/,
  },
  {
    name: 'our JavaScript',
    about: 'with what V8 does for it: JSON, strings, promises',
    frames: /^(JS:|Builtins_RunMicrotasks|v8::internal::MicrotaskQueue::(Run|Perform))/,
  },
  {
    name: 'delivering a WebSocket message',
    about: 'reading frames, and the event that wakes an object',
    frames: /HibernatableWebSocket|HibernationManager|readLoop|WebSocketImpl::(receive|read)/,
  },
] as const satisfies readonly Bucket[]

/** Where no frame says more. */
const eventLoop = {
  name: 'event loop and promises',
  about: 'of the runtime, without what they run',
  frames: /kj|tokio|hyper|workerd/,
} as const
const rest = { name: 'everything else', about: 'stacks that tell nothing' } as const

export const allBuckets = [...buckets, eventLoop, rest] as const
export type BucketName = (typeof allBuckets)[number]['name']

/** Decides for each sample on the one bucket that it is counted in. */
export class BucketFinder {
  /** Names come again and again, and are long. */
  readonly #known = new Map<string, BucketName | null>()

  find({ frames }: Sample): BucketName {
    for (const frame of frames) {
      const name = this.#ofFrame(frame)
      if (name !== null) return name
    }
    return frames.some((frame) => eventLoop.frames.test(frame)) ? eventLoop.name : rest.name
  }

  #ofFrame(frame: string): BucketName | null {
    const known = this.#known.get(frame)
    if (known !== undefined) return known
    const name = buckets.find(({ frames }) => frames.test(frame))?.name ?? null
    this.#known.set(frame, name)
    return name
  }
}
