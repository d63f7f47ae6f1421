import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { writeCsv } from './write-csv.ts'

/** Reads CSV as RFC 4180 has it. */
function readCsv(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy
  for (const [, quoted, plain, end] of text.matchAll(cell)) {
    row.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'))
    if (end === ',') continue
    rows.push(row)
    row = []
  }
  return rows
}

test('every line ends, and only what has to be is quoted', () => {
  expect(
    writeCsv([
      ['Date', 'Paid'],
      ['1 December', 250.5],
      ['"so, so"\n', ''],
    ]),
  ).toBe('Date,Paid\r\n1 December,250.5\r\n"""so, so""\n",\r\n')
})

test.each(['=1+1', '+91 98', '-1', '@SUM(A1)', '\t=1', '\r=1', '=cmd|"/c calc"!A1'])(
  '%j is no formula',
  (text) => {
    expect(readCsv(writeCsv([[text]]))).toEqual([[`'${text}`]])
  },
)

test('a number below nothing stays a number', () => {
  expect(writeCsv([[-12.5]])).toBe('-12.5\r\n')
})

test('what was written is read again, whatever it is, and no cell begins as a formula does', () => {
  const cell = fc.oneof(fc.string(), fc.constantFrom('"', ',', '\r\n', '=1', "'", 'a"b,c\nd', '', '\r'))
  const rows = fc
    .integer({ min: 1, max: 4 })
    .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width })))
  fc.assert(
    fc.property(rows, (table) => {
      const read = readCsv(writeCsv(table))
      expect(
        read.map((row) => row.map((text, n) => (n >= 0 ? text.replace(/^'(?=[=+\-@\t\r])/, '') : ''))),
      ).toEqual(table.map((row) => row.map((text) => text.replace(/^'(?=[=+\-@\t\r])/, ''))))
      for (const text of read.flat()) expect(text).not.toMatch(/^[=+\-@\t\r]/)
    }),
  )
})
