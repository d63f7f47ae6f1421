/** How often one caller may ask, and what happens while the counter (Redis) does not answer. */
export interface Limit {
  requests: number
  seconds: number
  /** `refuse` fails closed: guessing codes or moving money is never let through uncounted. */
  whenDown: 'allow' | 'refuse'
}

/** Every rate-limit class. Counted per user, or per address where nobody is signed in. */
export const limits = {
  read: { requests: 600, seconds: 60, whenDown: 'allow' },
  write: { requests: 120, seconds: 60, whenDown: 'refuse' },
  search: { requests: 120, seconds: 60, whenDown: 'allow' },
  // Somebody who types asks at every letter.
  places: { requests: 180, seconds: 60, whenDown: 'allow' },
  // Indian carriers put many phones behind one address; guessing is stopped per phone, by tries and resend delays.
  signIn: { requests: 300, seconds: 600, whenDown: 'refuse' },
  // A phone in a moving car sends a position every few seconds, and what it could not send a moment ago.
  location: { requests: 60, seconds: 60, whenDown: 'allow' },
  // Decoding pictures costs more than anything else a caller can ask for.
  upload: { requests: 30, seconds: 600, whenDown: 'refuse' },
  export: { requests: 5, seconds: 3600, whenDown: 'refuse' },
  // Faster than anybody types, with room for what was written without a network.
  message: { requests: 60, seconds: 60, whenDown: 'refuse' },
  // Calling for help: so many that nobody who needs it comes near, and never a reason to wait.
  sos: { requests: 60, seconds: 60, whenDown: 'allow' },
  // Counted by address, behind which a carrier may have many phones that follow a ride.
  share: { requests: 600, seconds: 60, whenDown: 'allow' },
  // The gateway tells of every payment, from few addresses; who cannot sign costs no more than the signature.
  webhook: { requests: 6000, seconds: 60, whenDown: 'allow' },
  boarding: { requests: 10, seconds: 600, whenDown: 'refuse' },
} as const satisfies Record<string, Limit>

export type LimitClass = keyof typeof limits

/** The largest JSON body an operation takes, unless it says otherwise. */
export const MAX_BODY_BYTES = 64 * 1024

/** The most passenger seats a vehicle, a route or a booking can have. */
export const MAX_SEATS = 8

/** The longest reason that the staff give for what they do. */
export const MAX_REASON_LENGTH = 300
