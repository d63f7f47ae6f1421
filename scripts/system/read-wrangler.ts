import { unstable_readConfig } from 'wrangler'
import { z } from 'zod'
import { projectPath } from './project.ts'

const WranglerConfig = z.object({
  name: z.string(),
  compatibility_date: z.string(),
  compatibility_flags: z.array(z.string()),
  durable_objects: z.object({ bindings: z.array(z.object({ name: z.string(), class_name: z.string() })) }),
  r2_buckets: z.array(z.object({ binding: z.string(), bucket_name: z.string() })),
  images: z.object({ binding: z.string() }),
  queues: z.object({
    producers: z.array(z.object({ binding: z.string(), queue: z.string() })),
    consumers: z.array(
      z.object({ queue: z.string(), max_batch_size: z.number(), max_batch_timeout: z.number() }),
    ),
  }),
  assets: z.object({ directory: z.string() }),
})

/** What wrangler.toml says and Miniflare needs, so that it is said in one place. */
export function readWrangler() {
  const config = WranglerConfig.parse(unstable_readConfig({ config: projectPath('wrangler.toml') }))
  const { bindings } = config.durable_objects
  const { producers, consumers } = config.queues
  return {
    name: config.name,
    compatibilityDate: config.compatibility_date,
    compatibilityFlags: config.compatibility_flags,
    durableObjects: Object.fromEntries(
      bindings.map((each) => [each.name, { className: each.class_name, useSQLite: true }]),
    ),
    r2Buckets: Object.fromEntries(config.r2_buckets.map((each) => [each.binding, each.bucket_name])),
    images: config.images,
    queueProducers: Object.fromEntries(producers.map((each) => [each.binding, { queueName: each.queue }])),
    queueConsumers: Object.fromEntries(
      consumers.map((each) => [
        each.queue,
        { maxBatchSize: each.max_batch_size, maxBatchTimeout: each.max_batch_timeout },
      ]),
    ),
    assetsDirectory: projectPath(config.assets.directory),
  }
}
