import { DOCUMENT_KINDS, type DocumentKind, documentSubjects } from './kinds.ts'

/** The region and the kind of vehicle that stand for all of them. */
export const ALL_INDIA = 'IN'
export const ANY_VEHICLE = '*'

/** One row of the configuration: whether a document is asked for, and what it has to say. */
export interface Requirement {
  /** `IN`, or a state such as `IN-KA`. */
  region: string
  /** A kind of vehicle, or `*`. */
  vehicleKind: string
  kind: DocumentKind
  mandatory: boolean
  /** It has a last day. */
  expires: boolean
  /** Its number is asked for. */
  numbered: boolean
}

/** Where and what somebody drives; null: nothing yet, so only their own papers are asked for. */
export type Circumstances = { region: string; vehicleKind: string } | null

/**
 * What is asked for: of each kind of document the most exact row that fits. The region is looked at first, so that a
 * state can speak about its vehicles of every kind.
 */
export function askedFor(requirements: readonly Requirement[], driving: Circumstances): Requirement[] {
  const { region, vehicleKind } = driving ?? { region: ALL_INDIA, vehicleKind: ANY_VEHICLE }
  const order = [
    [region, vehicleKind],
    [region, ANY_VEHICLE],
    [ALL_INDIA, vehicleKind],
    [ALL_INDIA, ANY_VEHICLE],
  ]
  return DOCUMENT_KINDS.flatMap((kind) => {
    if (driving === null && documentSubjects[kind] === 'vehicle') return []
    const rows = requirements.filter((row) => row.kind === kind)
    const fitting = order.map(([where, what]) =>
      rows.find((row) => row.region === where && row.vehicleKind === what),
    )
    return fitting.find((row) => row !== undefined) ?? []
  })
}
