import { expect, test } from 'vitest'
import { checkFileSizes, MAX_LINES } from './check-file-sizes.ts'

const file = (path: string, lines: number) => ({ path, text: 'x\n'.repeat(lines) })

test('tells the median, the ninetieth percentile and the longest', () => {
  const files = Array.from({ length: 10 }, (_, index) => file(`${index}.ts`, (index + 1) * 10))
  expect(checkFileSizes(files)).toEqual({
    failures: [],
    note: '10 files: median 50 lines, p90 90, longest 100 (9.ts)',
  })
})

test('refuses a file that is too long, and not one that just fits', () => {
  const { failures } = checkFileSizes([file('long.ts', MAX_LINES + 1), file('fits.ts', MAX_LINES)])
  expect(failures).toEqual([expect.stringMatching(/^long\.ts has 301 lines/)])
})
