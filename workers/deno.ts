import { Hono } from 'hono'
import { hubPeople } from '#db/queries/presence/hub-people.ts'
import { rideDatabase } from '#db/queries/traces/ride-database.ts'
import type { GatewayBackend } from '#packages/protocol/gateway-backend.ts'
import { s3Bucket } from '#packages/storage/s3-bucket.ts'
import { BASE_PATH, createApp } from './app.ts'
import type { Services } from './context.ts'
import { denoHost } from './deno/deno-host.ts'
import { parseDenoSettings } from './deno/deno-settings.ts'
import { serveDocs } from './deno/serve-docs.ts'
import { filesAccess, parseSettings, SettingsError } from './env.ts'
import { jsonLog } from './http/log.ts'
import { gatewayBackend } from './realtime/gateway-backend.ts'
import { composeServices } from './services.ts'

const ASSETS = 'dist/assets'
const SWEEP_EVERY_MS = 60_000
/** Who has not answered by then is left behind. */
const MAX_SHUTDOWN_MS = 5_000

/**
 * The same application as one Deno process, for places without Durable Objects. What is different there:
 * - Live state is in memory. It must be the only process: a second one would have rooms of its own.
 * - Nothing hibernates. A restart closes every socket; clients come back, and see the car at its next position.
 * - Metrics start at zero with the process, and a timer does the work of the minute instead of a cron trigger.
 * - Files are behind R2's S3 interface, and pictures are made here, by sharp. That is native code: Deno has to allow
 *   it (`--allow-ffi`), and to let it read /usr/bin/ldd, which says what C library the system has.
 * - It speaks plain HTTP: TLS is the reverse proxy's, which also says who calls (TRUSTED_ADDRESS_HEADER).
 */
async function serve(): Promise<void> {
  const environment = Deno.env.toObject()
  const settings = parseSettings(environment)
  const { HOST, PORT, TRUSTED_ADDRESS_HEADER } = parseDenoSettings(environment)
  // oxlint-disable-next-line no-console -- the console is where Deno's platforms collect logs
  const log = jsonLog((line) => console.log(line))
  const host = denoHost({
    upgrade: Deno.upgradeWebSocket,
    log,
    drainOutbox: () => services.drainOutbox(),
    sweep: () => services.sweep(),
    objects: s3Bucket(filesAccess(settings)),
    people: hubPeople(
      () => services.db,
      () => services.drainOutbox(),
    ),
    rides: rideDatabase(() => services.db),
    backend: {
      admit: (...asked) => backend.admit(...asked),
      passToRides: (...asked) => backend.passToRides(...asked),
      call: (...asked) => backend.call(...asked),
    },
    addressHeader: TRUSTED_ADDRESS_HEADER,
  })
  const services: Services = await composeServices(settings, host)
  const app = createApp(services)
  const backend: GatewayBackend = gatewayBackend(services, async (path, init) =>
    app.fetch(new Request(`https://gateway.internal${BASE_PATH}${path}`, init)),
  )
  const front = new Hono()
    .get('/docs/*', await serveDocs(ASSETS, Deno.readFile))
    .all('*', ({ req }) => app.fetch(req.raw))

  const server = Deno.serve(
    {
      hostname: HOST,
      port: PORT,
      onListen: ({ hostname, port }) => log.info('listening', { url: `http://${hostname}:${port}` }),
    },
    (request, { remoteAddr }) => front.fetch(host.receive(request, remoteAddr.hostname)),
  )
  // oxlint-disable-next-line typescript/no-misused-promises -- a sweep never rejects
  const sweeping = setInterval(host.sweep, SWEEP_EVERY_MS)

  const stop = async () => {
    clearInterval(sweeping)
    setTimeout(() => Deno.exit(1), MAX_SHUTDOWN_MS)
    const served = server.shutdown()
    // It waits for open sockets too.
    host.hangUp()
    await served
    await host.settle()
    Deno.exit(0)
  }
  Deno.addSignalListener('SIGINT', stop)
  if (Deno.build.os !== 'windows') Deno.addSignalListener('SIGTERM', stop)
}

try {
  await serve()
} catch (error) {
  if (!(error instanceof SettingsError)) throw error
  // oxlint-disable-next-line no-console -- there is no log without settings
  console.error(JSON.stringify({ level: 'error', message: error.message }))
  Deno.exit(1)
}
