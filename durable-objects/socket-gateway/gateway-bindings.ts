import type { GatewaySurroundings, RoomOfGateway } from '#packages/gateway/ports.ts'
import type { GatewayBackend } from '#packages/protocol/gateway-backend.ts'
import type { HubOfGateway } from '#packages/protocol/hub-calls.ts'
import { logFailure } from '../log-failure.ts'
import type { MetricsObjects } from '../metrics/collect-metrics.ts'
import { keepStub, retryReach } from '../sockets/retry-reach.ts'

/** What wrangler.toml binds that a gateway needs. */
export interface GatewayBindings {
  RIDE_ROOM: { getByName(name: string): RoomOfGateway }
  USER_HUB: { getByName(name: string): HubOfGateway }
  METRICS?: MetricsObjects
}

/** What the Worker exports beside its objects. */
interface Exports {
  GatewayBackend: GatewayBackend
}

function hasBackend(exports: object): exports is Exports {
  return 'GatewayBackend' in exports
}

/** The application behind the gateways: an entrypoint of this very Worker. */
export function backendOf(ctx: { exports: object }): GatewayBackend {
  if (!hasBackend(ctx.exports)) throw new TypeError('the Worker exports no GatewayBackend')
  return ctx.exports.GatewayBackend
}

/** Around a gateway on Cloudflare. Joining, leaving and following may be repeated; what is said is said once. */
export function gatewaySurroundings(bindings: GatewayBindings, backend: GatewayBackend): GatewaySurroundings {
  const hub = (userId: string) => bindings.USER_HUB.getByName(userId)
  return {
    backend,
    room: (id) => {
      const room = () => bindings.RIDE_ROOM.getByName(id)
      // Only of a ride whose driver speaks: a stub that is kept takes memory.
      const kept = keepStub(room)
      return {
        joinVia: (...joining) => retryReach(() => room().joinVia(...joining)),
        sayVia: (...saying) => kept((stub) => stub.sayVia(...saying)),
        leaveVia: (...leaving) => retryReach(() => room().leaveVia(...leaving)),
      }
    },
    hub: (id) => ({
      joinVia: (...joining) => retryReach(() => hub(id).joinVia(...joining)),
      sayVia: (...saying) => hub(id).sayVia(...saying),
      leaveVia: (link) => retryReach(() => hub(id).leaveVia(link)),
      follow: (...following) => retryReach(() => hub(id).follow(...following)),
    }),
    report: (message, error) => logFailure('socket gateway', message, { error }),
    now: Date.now,
    after: (milliseconds, task) => void setTimeout(task, milliseconds),
  }
}
