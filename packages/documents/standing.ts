import type { DocumentKind, DocumentState } from './kinds.ts'
import { regionOf } from './region.ts'
import { askedFor, type Requirement } from './requirement.ts'

/** A document that was handed in, as far as it decides anything. */
export interface Paper {
  /** A UUIDv7: what was handed in later is larger. */
  id: string
  /** Null where it is about the driver. */
  vehicleId: string | null
  kind: DocumentKind
  state: DocumentState
  /** The last day it is good for, in India. */
  expiresOn: string | null
}

export interface DrivenVehicle {
  id: string
  plate: string
  kind: string
}

export type StandingState = 'none' | Exclude<DocumentState, 'replaced'>

/** Where one document that is asked for stands. */
export interface Standing<P extends Paper = Paper> extends Requirement {
  state: StandingState
  /** The paper that the state is of; null where there is none. */
  paper: P | null
  /** Handed in after a paper that is valid still: waiting, or rejected. */
  renewal: P | null
}

/** A document that is asked for and that is not valid. */
export interface Missing {
  kind: DocumentKind
  state: StandingState
}

/**
 * Where everything stands that is asked for of a driver, with a vehicle or without one. A valid paper counts through
 * its last day, also while a later one waits or after that was rejected.
 * @param papers of this driver; those of other vehicles are left out
 * @param today the day in India
 */
export function standing<P extends Paper>(
  requirements: readonly Requirement[],
  vehicle: DrivenVehicle | null,
  papers: readonly P[],
  today: string,
): Standing<P>[] {
  const driving = vehicle && { region: regionOf(vehicle.plate), vehicleKind: vehicle.kind }
  const own = papers.filter(({ vehicleId }) => vehicleId === null || vehicleId === vehicle?.id)
  return askedFor(requirements, driving).map((requirement) => ({
    ...requirement,
    ...judge(
      own.filter(({ kind }) => kind === requirement.kind),
      today,
    ),
  }))
}

function judge<P extends Paper>(
  papers: readonly P[],
  today: string,
): Pick<Standing<P>, 'state' | 'paper' | 'renewal'> {
  const newestFirst = papers.toSorted((a, b) => (a.id < b.id ? 1 : -1))
  const seen = newestFirst.flatMap((paper) => {
    const state = stateOn(paper, today)
    return state === 'replaced' ? [] : [{ paper, state }]
  })
  const valid = seen.find(({ state }) => state === 'valid')
  const shown = valid ?? seen.find(({ state }) => state === 'pending') ?? seen[0]
  if (!shown) return { state: 'none', paper: null, renewal: null }
  const later = valid && seen.find(({ paper, state }) => paper.id > valid.paper.id && state !== 'expired')
  return { ...shown, renewal: later?.paper ?? null }
}

/** The day ends a paper, not the sweep that writes it down. */
function stateOn({ state, expiresOn }: Paper, today: string): DocumentState {
  return state === 'valid' && expiresOn !== null && expiresOn < today ? 'expired' : state
}

/** What keeps a driver from driving. Nothing: they are enabled. */
export function missingOf(standings: readonly Standing[]): Missing[] {
  return standings.flatMap(({ mandatory, kind, state }) =>
    mandatory && state !== 'valid' ? [{ kind, state }] : [],
  )
}
