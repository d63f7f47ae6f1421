import type { PushPort } from './push-port.ts'

/** Where no project of Firebase is configured: every push is refused, and says why. */
export const noPush: PushPort = {
  send: async (pushes) => pushes.map(() => ({ type: 'refused', reason: 'no Firebase project is configured' })),
}
