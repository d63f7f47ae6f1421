import { env } from 'cloudflare:workers'
import type { HubPass } from '#packages/protocol/hub-pass.ts'
import { HubServerFrame } from '#packages/protocol/hub-server-frame.ts'
import { joinUserHub } from '../user-hub/reach-user-hub.ts'
import type { UserHub } from '../user-hub/user-hub.ts'
import { FrameClient, socketOf } from './frame-client.ts'

type UserHubs = DurableObjectNamespace<UserHub>

/** `vitest.workerd.config.ts` binds that name to the class. */
function hasUserHubs(bindings: object): bindings is { USER_HUB: UserHubs } {
  return 'USER_HUB' in bindings
}

function bindUserHubs(): UserHubs {
  if (!hasUserHubs(env)) throw new Error('the test Worker has no USER_HUB binding')
  return env.USER_HUB
}

export const userHubs = bindUserHubs()

/** A device of a person, as far as a test needs one. */
export class HubClient extends FrameClient<HubServerFrame> {
  constructor(socket: WebSocket) {
    super(socket, (text) => HubServerFrame.parse(JSON.parse(text)))
  }

  /** Connects to the hub that the pass is for. */
  static async join(pass: HubPass, after?: number): Promise<HubClient> {
    const query = after === undefined ? '' : `?after=${after}`
    const headers = { Upgrade: 'websocket' }
    const request = new Request(`https://api.test/api/v1/realtime${query}`, { headers })
    return new HubClient(socketOf(await joinUserHub(userHubs, pass, request)))
  }
}
