import type { z } from '@hono/zod-openapi'
import { type DocumentKind, documentSubjects } from '#packages/documents/kinds.ts'
import { readNumber } from '#packages/documents/number.ts'
import type { Requirement } from '#packages/documents/requirement.ts'
import { fieldProblem } from '#packages/errors/problem.ts'
import type { NewDocument } from './contract.ts'

type Fields = z.output<typeof NewDocument>

const missing = (path: string, message: string) => fieldProblem('invalid_fields', path, message)

/** Throws where a vehicle is named for a paper of the driver, or none for one of a vehicle. */
export function checkSubject(kind: DocumentKind, vehicleId: string | undefined): void {
  const ofVehicle = documentSubjects[kind] === 'vehicle'
  if (ofVehicle && vehicleId === undefined) throw missing('vehicleId', 'Say which vehicle this is of')
  if (!ofVehicle && vehicleId !== undefined) throw missing('vehicleId', 'This is about you, not a vehicle')
}

/**
 * What a paper says, read as the configuration asks for it.
 * @param asked undefined: nobody asks for this kind
 * @param today the day in India
 */
export function readPaper(
  { kind, number, expiresOn }: Fields,
  asked: Requirement | undefined,
  plate: string | null,
  today: string,
): { number: string | null; expiresOn: string | null } {
  if (!asked) throw missing('kind', 'This document is not asked for')
  if (asked.numbered && number === undefined) throw missing('number', 'Required')
  if (asked.expires && expiresOn === undefined) throw missing('expiresOn', 'Required')
  const read = number === undefined ? null : readNumber(kind, number, plate)
  if (read === undefined)
    throw fieldProblem('document_number_invalid', 'number', 'Not a number of this kind of document')
  if (expiresOn !== undefined && expiresOn < today)
    throw fieldProblem('document_expired', 'expiresOn', 'This day is over')
  return { number: read, expiresOn: expiresOn ?? null }
}
