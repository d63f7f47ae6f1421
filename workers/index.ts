import { WorkerEntrypoint } from 'cloudflare:workers'
import type { GatewayBackend as Backend } from '#packages/protocol/gateway-backend.ts'
import { BASE_PATH, createApp } from './app.ts'
import { type Bindings, cloudflareHost, type OutboxNudge } from './cloudflare-host.ts'
import type { Services } from './context.ts'
import { parseSettings, SettingsError } from './env.ts'
import { problemReply, toProblem } from './http/problem-reply.ts'
import { gatewayBackend } from './realtime/gateway-backend.ts'
import { composeServices } from './services.ts'

export { Metrics, RideRoom, SocketGateway, UserHub } from '#durable-objects/index.ts'

type Env = Bindings & Record<string, unknown>
type Application = { services: Services; app: ReturnType<typeof createApp> }

let application: Promise<Application> | undefined

/** One application per isolate; an environment that is not complete is looked at again by the next request. */
function applicationFor(env: Env): Promise<Application> {
  application ??= composeServices(parseSettings(env), cloudflareHost(env)).then((services) => ({
    services,
    app: createApp(services),
  }))
  return application
}

/** The application as the Socket.IO gateways reach it: by `ctx.exports`, never from outside. */
export class GatewayBackend extends WorkerEntrypoint<Env> implements Backend {
  async admit(...asked: Parameters<Backend['admit']>) {
    return (await this.#backend()).admit(...asked)
  }

  async passToRides(...asked: Parameters<Backend['passToRides']>) {
    return (await this.#backend()).passToRides(...asked)
  }

  async call(...asked: Parameters<Backend['call']>) {
    return (await this.#backend()).call(...asked)
  }

  async #backend(): Promise<Backend> {
    const { services, app } = await applicationFor(this.env)
    return gatewayBackend(services, async (path, init) =>
      app.fetch(new Request(`https://gateway.internal${BASE_PATH}${path}`, init), this.env, this.ctx),
    )
  }
}

export default {
  async fetch(request, env, context) {
    try {
      const { app } = await applicationFor(env)
      return await app.fetch(request, env, context)
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error
      // oxlint-disable-next-line no-console -- there is no log without settings
      console.error(JSON.stringify({ level: 'error', message: error.message }))
      return problemReply(toProblem(error), 'unconfigured')
    }
  },
  async queue(batch, env) {
    const { services } = await applicationFor(env)
    await services.drainOutbox()
    batch.ackAll()
  },
  async scheduled(_controller, env) {
    const { services } = await applicationFor(env)
    await services.sweep()
  },
} satisfies ExportedHandler<Env, OutboxNudge>
