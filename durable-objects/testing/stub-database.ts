import { afterEach, vi } from 'vitest'

const ok = (rows: readonly unknown[][], fields: readonly string[]) =>
  Response.json({
    fields: fields.map((name) => ({ name, dataTypeID: 25 })),
    rows,
    rowCount: rows.length,
    command: 'SELECT',
    rowAsArray: true,
  })

/**
 * Answers the statements of Durable Objects in place of Neon, in this isolate: the people a person may watch are those
 * that were allowed, and what else is asked has no rows.
 */
export function stubDatabase() {
  const allowed = new Set<string>()
  const statements: string[] = []
  let fails = false
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (_url, init) => {
    if (fails) throw new Error('no database')
    const { query = '', params = [] }: { query?: string; params?: unknown[] } = JSON.parse(
      typeof init?.body === 'string' ? init.body : '{}',
    )
    statements.push(query)
    if (!query.includes('shows_presence')) return ok([], [])
    const asked = params.map(String).join(' ')
    return ok(
      [...allowed].filter((id) => asked.includes(id)).map((id) => [id]),
      ['id'],
    )
  })
  afterEach(() => void statements.splice(0))
  return {
    allow: (userId: string) => void allowed.add(userId),
    fail: (does: boolean) => {
      fails = does
    },
    /** How many statements began so. */
    writes: (beginning: string) => statements.filter((text) => text.trim().startsWith(beginning)).length,
  }
}
