import { join } from 'node:path'
import { serveHttp } from '../../packages/local-cloud/inbox/serve-http.ts'
import { memoryBucket } from '../../packages/local-cloud/stand-ins/r2/bucket.ts'
import { folderBucket } from '../../packages/local-cloud/stand-ins/r2/folder-bucket.ts'
import { MAX_UPLOAD_BYTES } from '../../packages/local-cloud/stand-ins/r2/r2.ts'
import { startDenoProcess } from './deno-process.ts'
import { EGRESS_HEADER } from './egress-wire.ts'
import type { RunningWorker, WorkerOptions } from './run-worker.ts'

/** Runs workers/deno.ts in Deno, with the permissions it needs in production and the network of this machine only. */
export async function runDeno(options: WorkerOptions): Promise<RunningWorker> {
  let { egress } = options
  const { dataDir } = options
  const exit = await serveHttp((request) => egress(readdress(request)), { maxBodyBytes: MAX_UPLOAD_BYTES })
  try {
    let running = await startDenoProcess(options, exit.url)
    const { url } = running
    return {
      url,
      files: dataDir === undefined ? memoryBucket() : folderBucket(join(dataDir, 'files')),
      reload: async (next) => {
        await running.close()
        egress = next.egress
        running = await startDenoProcess({ ...next, port: Number(new URL(url).port) }, exit.url)
      },
      tick: () => running.tick(),
      close: async () => {
        await running.close()
        await exit.close()
      },
    }
  } catch (error) {
    await exit.close()
    throw error
  }
}

/** The request as the application made it. */
function readdress(request: Request): Request {
  const headers = new Headers(request.headers)
  const url = headers.get(EGRESS_HEADER) ?? ''
  for (const name of [EGRESS_HEADER, 'host']) headers.delete(name)
  return new Request(new Request(url, request), { headers })
}
