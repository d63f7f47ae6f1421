import { join } from 'node:path'
import { localSettings } from '#packages/local-cloud/local-settings.ts'
import { startDatabase } from '../../packages/local-cloud/database/start-database.ts'
import { startInbox } from '../../packages/local-cloud/inbox/start-inbox.ts'
import { startRedis } from '../../packages/local-cloud/redis/start-redis.ts'
import { buildAssets } from '../build-assets.ts'
import { applyMigrations } from './apply-migrations.ts'
import { listForSearch } from './list-for-search.ts'
import { startLocalCloud } from './local-cloud.ts'
import type { WorkerOptions } from './run-worker.ts'
import { type Runtime, runtimes } from './runtimes.ts'

export interface SystemOptions {
  /** What the application runs in; `workerd` unless said otherwise. */
  runtime?: Runtime
  /** 0: any free port. */
  port: number
  inboxPort: number
  /** Where everything is kept; absent: in memory, gone at the end. */
  dataDir?: string
  /** A dump of a database to start from. */
  dump?: Uint8Array
  /** Real servers instead of the embedded ones. */
  databaseUrl?: string | undefined
  redisUrl?: string | undefined
  /** Replaces variables of the Worker. */
  variables?: Record<string, string>
  onProgress?: (step: string) => void
  onLog?: (line: string) => void
}

export type System = Awaited<ReturnType<typeof startSystem>>

/** Brings the whole system up on this machine: database, Redis, every third party, the Worker, the inbox. */
export async function startSystem(options: SystemOptions) {
  const { dataDir, onProgress = () => undefined } = options
  const runtime = runtimes[options.runtime ?? 'workerd']
  const within = (name: string) => (dataDir === undefined ? undefined : join(dataDir, name))
  const closers: (() => Promise<void>)[] = []
  const close = async () => {
    for (const closer of closers.splice(0).toReversed()) await closer()
  }
  try {
    const settings = await localSettings(`http://localhost:${options.port}`, within('settings.json'))
    const variables = { ...settings, ...options.variables }

    const database = await startDatabase(
      defined({ url: options.databaseUrl, dataDir: within('database'), dump: options.dump, onProgress }),
    )
    closers.push(() => database.close())
    onProgress('applying migrations')
    await applyMigrations(database)
    // Data of before has rides that were made before the search asked for corridors.
    if (!options.dump) await listForSearch(database)

    const token = variables.UPSTASH_REDIS_REST_TOKEN ?? ''
    const redis = await startRedis(
      defined({ url: options.redisUrl, token, snapshotFile: within('redis.json') }),
    )
    closers.push(() => redis.close())

    onProgress('bundling the Worker')
    buildAssets()
    const cloud = await startLocalCloud(database, redis, variables)
    closers.push(() => cloud.close())
    const workerOptions: WorkerOptions = {
      port: options.port,
      scriptPath: await runtime.build(),
      variables: { ...variables, R2_ENDPOINT: cloud.r2Url },
      egress: cloud.egress,
      dataDir: within('worker'),
      ...(options.onLog && { onLog: options.onLog }),
    }
    onProgress('starting the Worker')
    const worker = await runtime.run(workerOptions)
    closers.push(() => worker.close())
    cloud.r2.keepIn(worker.files)
    cloud.razorpay.setWebhookUrl(`${worker.url}/api/v1/payments/webhook`)

    const { journal, egress, razorpay } = cloud
    const inbox = await startInbox({ port: options.inboxPort, host: '127.0.0.1', journal, egress, razorpay })
    closers.push(() => inbox.close())
    return {
      url: worker.url,
      inboxUrl: inbox.url,
      database,
      redis,
      ...cloud,
      tick: () => worker.tick(),
      reload: async () => worker.reload({ ...workerOptions, scriptPath: await runtime.build() }),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** Leaves out what is undefined: an absent option and an undefined one are not the same to an exact type. */
function defined<T extends object>(options: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only undefined values went
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as never
}
