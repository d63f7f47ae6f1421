import { parentPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'
import { btree_gist } from '@electric-sql/pglite/contrib/btree_gist'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'
import { postgis } from '@electric-sql/pglite-postgis'
import { serialize } from 'pg-protocol'
import type { EngineAnswer, EngineCall, EngineOptions } from './embedded-engine.ts'

const options: EngineOptions = workerData

async function open(): Promise<PGlite> {
  return await PGlite.create({
    ...(options.directory === undefined ? {} : { dataDir: options.directory }),
    ...(options.dump === undefined ? {} : { loadDataDir: new Blob([Uint8Array.from(options.dump)]) }),
    extensions: { postgis, btree_gist, pg_trgm },
    relaxedDurability: false,
  })
}

/** Streaming keeps PGlite from parsing every reply a second time and from keeping it for ever. */
async function execute(database: PGlite, bytes: Uint8Array): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  await database.execProtocolRawStream(bytes, { onRawData: (chunk) => chunks.push(chunk.slice()) })
  return Buffer.concat(chunks)
}

async function answer(database: PGlite, call: EngineCall): Promise<Uint8Array> {
  if (call.method === 'execute') return await execute(database, call.bytes)
  if (call.method === 'dump') return new Uint8Array(await (await database.dumpDataDir('gzip')).arrayBuffer())
  await database.close()
  return new Uint8Array()
}

async function reply(id: number, work: Promise<Uint8Array>): Promise<void> {
  try {
    const bytes = new Uint8Array(await work)
    parentPort?.postMessage({ id, bytes } satisfies EngineAnswer, [bytes.buffer])
  } catch (error) {
    const text = error instanceof Error ? error.message : JSON.stringify(error)
    parentPort?.postMessage({ id, error: text } satisfies EngineAnswer, [])
  }
}

const opening = open()
await reply(
  0,
  opening.then((database) => execute(database, serialize.startup({ user: 'postgres', database: 'postgres' }))),
)
let last: Promise<void> = Promise.resolve()
parentPort?.on('message', (call: EngineCall) => {
  last = last.then(async () => reply(call.id, answer(await opening, call)))
})
