import { convertV4MiniflareOptions, Log, LogLevel, Miniflare, Response as WorkerdResponse } from 'miniflare'
import { bindingBucket } from '../../packages/local-cloud/stand-ins/r2/binding-bucket.ts'
import type { Bucket } from '../../packages/local-cloud/stand-ins/r2/bucket.ts'
import { readWrangler } from './read-wrangler.ts'

/** The binding of the bucket of files. */
const FILES = 'FILES'

export interface WorkerOptions {
  port: number
  scriptPath: string
  variables: Record<string, string>
  /** Answers every request that the Worker sends out. */
  egress: (request: Request) => Promise<Response>
  /** Where Durable Objects, R2 and queues keep their data; absent: in a temporary folder. */
  dataDir?: string | undefined
  /** Gets each line that the Worker logs. */
  onLog?: (line: string) => void
}

export interface RunningWorker {
  url: string
  /** Where the application's files are. */
  files: Bucket
  reload(options: WorkerOptions): Promise<void>
  /** Fires the cron trigger. */
  tick(): Promise<void>
  close(): Promise<void>
}

/** Runs the bundled Worker in Miniflare, the runtime of Cloudflare Workers on this machine. */
export async function runWorker(options: WorkerOptions): Promise<RunningWorker> {
  const miniflare = new Miniflare(miniflareOptions(options))
  const url = await miniflare.ready
  return {
    url: url.origin,
    files: bindingBucket(() => miniflare.getR2Bucket(FILES)),
    reload: (next) => miniflare.setOptions(miniflareOptions({ ...next, port: Number(url.port) })),
    tick: async () => {
      const worker = await miniflare.getWorker()
      await worker.scheduled({ cron: '* * * * *' })
    },
    close: () => miniflare.dispose(),
  }
}

function miniflareOptions({
  port,
  scriptPath,
  variables,
  egress,
  dataDir,
  onLog = () => undefined,
}: WorkerOptions) {
  const { assetsDirectory, ...config } = readWrangler()
  return convertV4MiniflareOptions({
    ...config,
    host: '127.0.0.1',
    port,
    cf: false,
    modules: true,
    scriptPath,
    bindings: variables,
    assets: { directory: assetsDirectory, binding: 'ASSETS', routerConfig: { has_user_worker: true } },
    outboundService: async (outgoing) => {
      const { url, method, headers } = outgoing
      const body = method === 'GET' || method === 'HEAD' ? null : await outgoing.arrayBuffer()
      const reply = await egress(new Request(url, { method, headers: [...headers], body }))
      return new WorkerdResponse(await reply.arrayBuffer(), {
        status: reply.status,
        headers: [...reply.headers],
      })
    },
    ...(dataDir !== undefined && { resourcePersistencePath: dataDir }),
    log: new Log(LogLevel.ERROR),
    handleStructuredLogs: ({ message }) => onLog(message),
  })
}
