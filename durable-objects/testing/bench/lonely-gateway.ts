import type { HubOfGateway } from '#packages/protocol/hub-calls.ts'
import type { GatewayBindings } from '../../socket-gateway/gateway-bindings.ts'
import { SocketGateway as Gateway } from '../../socket-gateway/socket-gateway.ts'

const greeting = '{"type":"snapshot","seq":0,"resumed":false,"at":"2026-11-22T06:00:00.000Z"}'
/** Nothing ever happens to these people. */
const hub: HubOfGateway = {
  joinVia: async () => ({ frames: [greeting], rides: [], known: false }),
  sayVia: async () => true,
  leaveVia: async () => undefined,
  follow: async () => undefined,
}

interface Bindings extends GatewayBindings {
  HUBS: 'real' | 'none'
}

/**
 * Our gateway. Without `HUBS` its people have no hubs: of 5,000, an object for each would take more files than one process
 * may open.
 */
export class SocketGateway extends Gateway {
  constructor(ctx: DurableObjectState, env: Bindings) {
    super(ctx, env.HUBS === 'real' ? env : { ...env, USER_HUB: { getByName: () => hub } })
  }
}
