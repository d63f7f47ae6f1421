import { HubServerFrame } from '../../packages/protocol/hub-server-frame.ts'
import { type ConnectOptions, FrameClient } from './frame-client.ts'

const line = {
  path: '/api/v1/realtime',
  read: (frame: unknown) => HubServerFrame.parse(frame),
  /** Longer than it takes until others are told that somebody has gone. */
  patienceMs: 15_000,
}

/** A device that is connected to its person's hub. */
export class HubClient extends FrameClient<HubServerFrame> {
  constructor(options: ConnectOptions) {
    super(line, options)
  }

  /** Connects and waits for the greeting. */
  static async connect(options: ConnectOptions): Promise<HubClient> {
    const client = new HubClient(options)
    await client.until(() => client.frames.length > 0)
    return client
  }

  /** The durable events heard so far. */
  events() {
    return this.frames.filter((frame) => 'seq' in frame && frame.type !== 'snapshot')
  }
}
