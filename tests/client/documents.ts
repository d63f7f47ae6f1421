import { z } from 'zod'
import { type ApiReply, call, expectBody } from './api.ts'
import type { Person } from './people.ts'
import { theReviewer } from './staff.ts'

export const Document = z.looseObject({ id: z.string(), state: z.string() })
export type Document = z.infer<typeof Document>

/** The smallest PDF that readers open. */
export const TINY_PDF = `%PDF-1.4
1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj
3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >> endobj
trailer << /Root 1 0 R >>
%%EOF
`

const DAY_MS = 24 * 3600_000
/** A day in India, so many days from today. */
export const inDays = (days: number): string =>
  new Date(Date.now() + 5.5 * 3600_000 + days * DAY_MS).toISOString().slice(0, 10)

const digits = (count: number) => Array.from({ length: count }, () => Math.floor(Math.random() * 10)).join('')

/** What is typed beside the file; undefined leaves a field out. */
export type Fields = Record<string, string | undefined>

export const licence = (more: Fields = {}): Fields => ({
  ...{ kind: 'driving_licence', number: `KA01 2015 ${digits(7)}`, expiresOn: inDays(900) },
  ...more,
})
export const registration = (vehicle: { id: string; plate: string }, more: Fields = {}): Fields => ({
  ...{ kind: 'registration', vehicleId: vehicle.id, number: vehicle.plate, expiresOn: inDays(2000) },
  ...more,
})
export const insurance = (vehicle: { id: string }, more: Fields = {}): Fields => ({
  ...{ kind: 'insurance', vehicleId: vehicle.id, number: `OG-25-${digits(10)}`, expiresOn: inDays(300) },
  ...more,
})

/** Hands a document in. @param file its bytes; null sends none */
export function handIn(
  { token }: { token?: string },
  fields: Fields,
  file: string | null = TINY_PDF,
  headers: Record<string, string> = {},
): Promise<ApiReply> {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) form.append(name, value)
  if (file !== null) form.append('file', new Blob([file]), 'scan.pdf')
  return call('POST', '/api/v1/driver/documents/upload', { token, form, headers })
}

/** Hands in a document that must be accepted for review. */
export async function submit(driver: Person, fields: Fields): Promise<Document> {
  return expectBody(await handIn(driver, fields), 201, Document)
}

export function approve({ token }: Person, { id }: Document, body: object = {}): Promise<ApiReply> {
  return call('POST', `/api/v1/admin/documents/${id}/approve`, { token, body })
}

export function reject({ token }: Person, { id }: Document, reason = 'Not readable'): Promise<ApiReply> {
  return call('POST', `/api/v1/admin/documents/${id}/reject`, { token, body: { reason } })
}

export function withdraw({ token }: Person, { id }: Document): Promise<ApiReply> {
  return call('DELETE', `/api/v1/driver/documents/${id}`, { token })
}

/** Hands in a document and has it found valid. */
export async function submitValid(driver: Person, fields: Fields, by = theReviewer()): Promise<Document> {
  const [document, reviewer] = await Promise.all([submit(driver, fields), by])
  return expectBody(await approve(reviewer, document), 200, Document)
}

/** Who has a valid licence already. */
const licensed = new Map<string, Promise<unknown>>()

/** Has everything found valid that is asked for of a driver with this vehicle, all at once. */
export async function readyToDrive(driver: Person, vehicle: { id: string; plate: string }): Promise<void> {
  const reviewer = theReviewer()
  const own = licensed.get(driver.id) ?? submitValid(driver, licence(), reviewer)
  licensed.set(driver.id, own)
  const papers = [registration(vehicle), insurance(vehicle)]
  await Promise.all([own, ...papers.map((fields) => submitValid(driver, fields, reviewer))])
}
