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

/** Our gateway without the hubs of its people: an object for each would take more files than one process may open. */
export class SocketGateway extends Gateway {
  constructor(ctx: DurableObjectState, env: GatewayBindings) {
    super(ctx, { ...env, USER_HUB: { getByName: () => hub } })
  }
}
