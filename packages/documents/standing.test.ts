import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { DOCUMENT_KINDS, DOCUMENT_STATES, type DocumentKind, documentSubjects } from './kinds.ts'
import { askedFor, type Requirement } from './requirement.ts'
import { missingOf, type Paper, standing } from './standing.ts'

const row = (kind: DocumentKind, more: Partial<Requirement> = {}): Requirement => ({
  ...{ region: 'IN', vehicleKind: '*', kind, mandatory: true, expires: true, numbered: true },
  ...more,
})
const requirements = [
  row('driving_licence'),
  row('identity', { mandatory: false, expires: false }),
  row('insurance'),
]
const car = { id: 'car', plate: 'KA01AB1234', kind: 'sedan' }
const TODAY = '2026-12-01'

let next = 0
const paper = (kind: DocumentKind, state: Paper['state'], more: Partial<Paper> = {}): Paper => ({
  ...{ id: String(++next).padStart(4, '0'), kind, state, expiresOn: '2027-06-30' },
  vehicleId: documentSubjects[kind] === 'vehicle' ? 'car' : null,
  ...more,
})
const licence = (papers: readonly Paper[], today = TODAY) =>
  standing(requirements, null, papers, today).find(({ kind }) => kind === 'driving_licence')

test('nothing handed in is none, and everything mandatory is missing', () => {
  const standings = standing(requirements, car, [], TODAY)
  expect(standings.map(({ kind, state }) => [kind, state])).toEqual([
    ['driving_licence', 'none'],
    ['identity', 'none'],
    ['insurance', 'none'],
  ])
  expect(missingOf(standings)).toEqual([
    { kind: 'driving_licence', state: 'none' },
    { kind: 'insurance', state: 'none' },
  ])
})

test('without a vehicle only the papers of the driver are asked for', () => {
  expect(standing(requirements, null, [], TODAY).map(({ kind }) => kind)).toEqual([
    'driving_licence',
    'identity',
  ])
})

test('all that is mandatory valid: enabled; what is optional changes nothing', () => {
  const papers = [paper('driving_licence', 'valid'), paper('insurance', 'valid'), paper('identity', 'rejected')]
  expect(missingOf(standing(requirements, car, papers, TODAY))).toEqual([])
})

test('the paper of another vehicle is not one of this', () => {
  const papers = [paper('driving_licence', 'valid'), paper('insurance', 'valid', { vehicleId: 'van' })]
  expect(missingOf(standing(requirements, car, papers, TODAY))).toEqual([{ kind: 'insurance', state: 'none' }])
})

test('a valid paper counts through its last day and not the day after, swept or not', () => {
  const papers = [paper('driving_licence', 'valid', { expiresOn: TODAY })]
  expect(licence(papers)?.state).toBe('valid')
  expect(licence(papers, '2026-12-02')?.state).toBe('expired')
  expect(licence([paper('driving_licence', 'expired', { expiresOn: TODAY })])?.state).toBe('expired')
})

test('while a renewal waits or after it was rejected the old paper counts, until it expires', () => {
  const old = paper('driving_licence', 'valid', { expiresOn: TODAY })
  for (const state of ['pending', 'rejected'] as const) {
    const renewal = paper('driving_licence', state)
    expect(licence([old, renewal])).toMatchObject({ state: 'valid', paper: old, renewal })
    expect(licence([old, renewal], '2026-12-02')).toMatchObject({ state, paper: renewal, renewal: null })
  }
})

test('a rejection before the valid paper is history, and a replaced paper is none', () => {
  const [rejected, valid] = [paper('driving_licence', 'rejected'), paper('driving_licence', 'valid')]
  expect(licence([rejected, valid])).toMatchObject({ state: 'valid', renewal: null })
  expect(licence([paper('driving_licence', 'replaced')])).toMatchObject({ state: 'none', paper: null })
})

test('of several that are not valid the waiting one speaks, else the newest', () => {
  const [waiting, rejected] = [paper('driving_licence', 'pending'), paper('driving_licence', 'rejected')]
  expect(licence([waiting, rejected])).toMatchObject({ state: 'pending' })
  const expired = paper('driving_licence', 'expired')
  expect(licence([expired, rejected])?.paper).toBe(expired)
})

test('the most exact row decides: region and kind, region, kind, all', () => {
  const rows = [
    row('permit', { mandatory: false }),
    row('permit', { vehicleKind: 'van', numbered: false }),
    row('permit', { region: 'IN-KA', expires: false }),
    row('permit', { region: 'IN-KA', vehicleKind: 'van' }),
  ]
  const pick = (region: string, vehicleKind: string) => askedFor(rows, { region, vehicleKind })[0]
  expect(pick('IN-KA', 'van')).toBe(rows[3])
  expect(pick('IN-KA', 'suv')).toBe(rows[2])
  expect(pick('IN-TN', 'van')).toBe(rows[1])
  expect(pick('IN-TN', 'suv')).toBe(rows[0])
  expect(askedFor(rows.slice(3), { region: 'IN-TN', vehicleKind: 'van' })).toEqual([])
})

const anyRow = fc.record({
  region: fc.constantFrom('IN', 'IN-KA', 'IN-TN'),
  vehicleKind: fc.constantFrom('*', 'sedan', 'van'),
  kind: fc.constantFrom(...DOCUMENT_KINDS),
  mandatory: fc.boolean(),
  expires: fc.boolean(),
  numbered: fc.boolean(),
})
const anyRows = fc.uniqueArray(anyRow, {
  selector: (each) => `${each.region} ${each.vehicleKind} ${each.kind}`,
})
const anyPapers = fc
  .array(
    fc.record({
      id: fc.nat().map((number) => String(number).padStart(10, '0')),
      kind: fc.constantFrom(...DOCUMENT_KINDS),
      state: fc.constantFrom(...DOCUMENT_STATES),
      expiresOn: fc.constantFrom(null, '2026-11-30', TODAY, '2026-12-02'),
      vehicleId: fc.constantFrom(null, 'car', 'van'),
    }),
  )
  .map((papers) =>
    papers.map((each) => (documentSubjects[each.kind] === 'driver' ? { ...each, vehicleId: null } : each)),
  )

test('neither the order of the rows nor that of the papers matters', () => {
  fc.assert(
    fc.property(anyRows, anyPapers, fc.boolean(), (rows, papers, driving) => {
      fc.pre(new Set(papers.map(({ id }) => id)).size === papers.length)
      const judge = (a: readonly Requirement[], b: readonly Paper[]) =>
        standing(a, driving ? car : null, b, TODAY)
      expect(judge(rows.toReversed(), papers.toReversed())).toEqual(judge(rows, papers))
    }),
  )
})

test('enabled is exactly: a valid paper, not past its day, of each mandatory kind', () => {
  fc.assert(
    fc.property(anyRows, anyPapers, (rows, papers) => {
      const standings = standing(rows, car, papers, TODAY)
      const holds = (kind: DocumentKind) =>
        papers.some(
          (each) =>
            each.kind === kind &&
            each.state === 'valid' &&
            (each.expiresOn ?? TODAY) >= TODAY &&
            (documentSubjects[kind] === 'driver' || each.vehicleId === 'car' || each.vehicleId === null),
        )
      const mandatory = standings.filter((each) => each.mandatory)
      expect(missingOf(standings).length === 0).toBe(mandatory.every(({ kind }) => holds(kind)))
    }),
  )
})

test('another valid paper never makes anybody less enabled', () => {
  fc.assert(
    fc.property(anyRows, anyPapers, fc.constantFrom(...DOCUMENT_KINDS), (rows, papers, kind) => {
      const before = missingOf(standing(rows, car, papers, TODAY)).map((each) => each.kind)
      const after = missingOf(standing(rows, car, [...papers, paper(kind, 'valid')], TODAY))
      for (const each of after) expect(before).toContain(each.kind)
    }),
  )
})
