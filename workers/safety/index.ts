import type { Operation } from '../http/operation.ts'
import { acknowledgeSos } from './acknowledge-sos.ts'
import { createShareLink } from './create-share-link.ts'
import { followRide } from './follow-ride.ts'
import { followRideLive } from './follow-ride-live.ts'
import { getOwnSos } from './get-own-sos.ts'
import { inspectSos } from './inspect-sos.ts'
import { listOwnSos } from './list-own-sos.ts'
import { listShareLinks } from './list-share-links.ts'
import { listSos } from './list-sos.ts'
import { openSharePage } from './open-share-page.ts'
import { raiseSos } from './raise-sos.ts'
import { reportSosPosition } from './report-sos-position.ts'
import { resolveOwnSos } from './resolve-own-sos.ts'
import { resolveSos } from './resolve-sos.ts'
import { revokeShareLink } from './revoke-share-link.ts'

export const safetyOperations: readonly Operation[] = [
  createShareLink,
  listShareLinks,
  revokeShareLink,
  followRide,
  followRideLive,
  raiseSos,
  listOwnSos,
  getOwnSos,
  reportSosPosition,
  resolveOwnSos,
  listSos,
  inspectSos,
  acknowledgeSos,
  resolveSos,
]

/** Pages for people, outside the versioned API. */
export const safetyPages: readonly Operation[] = [openSharePage]
