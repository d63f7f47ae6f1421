/** A push to one device. */
export interface Push {
  /** The device's registration token. */
  token: string
  title: string
  body: string
  /** For the app: ids and words of ours, nothing personal. */
  data: Record<string, string>
  /** A newer push of the same thread takes the place of an older one on the device. */
  thread: string
  /** From then on nobody delivers it, Unix milliseconds. */
  expiresAt: number
  /** It may ring, and wake the device. */
  urgent: boolean
}

/** What became of a push. */
export type PushOutcome =
  | { type: 'sent' }
  /** The token will never work again; `ours` is false where it belongs to another project, which is our mistake. */
  | { type: 'gone'; ours: boolean; reason: string }
  /** It will be refused however often it is sent. */
  | { type: 'refused'; reason: string }
  /** Not now; `afterMs` where the service says when. */
  | { type: 'later'; afterMs: number | null; reason: string }

/** Whoever delivers pushes. */
export interface PushPort {
  /** Sends them, all at once; the outcomes are in the order of the pushes. Never rejects. @param now Unix milliseconds */
  send(pushes: readonly Push[], now: number): Promise<PushOutcome[]>
}
