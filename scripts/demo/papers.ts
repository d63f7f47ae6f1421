import { randomInt } from 'node:crypto'
import { z } from 'zod'
import type { Api } from './api.ts'
import type { Person } from './people.ts'
import { type Car, Named } from './shapes.ts'

/** The smallest PDF that readers open. */
const PDF = `%PDF-1.4
1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj
3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >> endobj
trailer << /Root 1 0 R >>
%%EOF
`

const YEAR_MS = 365 * 24 * 3600_000
const Approved = z.object({ state: z.literal('valid'), number: z.string() })

/** Hands in what is asked for of a driver in Karnataka; returns the ids of the documents. */
export async function handInPapers(api: Api, driver: Person, car: Car): Promise<string[]> {
  const inYears = (years: number) => new Date(Date.now() + years * YEAR_MS).toISOString().slice(0, 10)
  const papers = [
    {
      kind: 'driving_licence',
      number: `KA05 2015 ${randomInt(1_000_000, 9_999_999)}`,
      expiresOn: inYears(9),
    },
    { kind: 'registration', vehicleId: car.id, number: car.plate, expiresOn: inYears(13) },
    {
      kind: 'insurance',
      vehicleId: car.id,
      number: `OG-26-${randomInt(1_000_000, 9_999_999)}`,
      expiresOn: inYears(1),
    },
  ]
  return Promise.all(
    papers.map(async (paper) => {
      const form = new FormData()
      for (const [name, value] of Object.entries(paper)) form.append(name, value)
      form.append('file', new Blob([PDF]), 'scan.pdf')
      const request = {
        method: 'POST',
        path: '/driver/documents/upload',
        token: driver.token,
        form,
        status: 201,
      }
      return (await api.call(request, Named)).id
    }),
  )
}

/** Looks at each document in full and approves it; returns their numbers as everybody else sees them. */
export async function approvePapers(api: Api, reviewer: Person, ids: readonly string[]): Promise<string[]> {
  const { token } = reviewer
  return Promise.all(
    ids.map(async (id) => {
      await api.call({ method: 'GET', path: `/admin/documents/${id}`, token }, Named)
      const approval = { method: 'POST', path: `/admin/documents/${id}/approve`, token, body: {} }
      return (await api.call(approval, Approved)).number
    }),
  )
}
