import { channels, kindNames, kindOf, type Until } from '../../packages/notifications/kinds.ts'

const BEGIN = '<!-- table: node scripts/notification-table.ts -->'
const END = '<!-- end of table -->'

const uses = { always: 'always', on: 'yes', off: 'if chosen' } as const
const ends: Record<Until, string> = {
  answer: 'the answer is due',
  departure: 'it departs',
  arrival: 'it has arrived',
}

/** Every kind of notification as a table in Markdown, from the list that the application reads. */
export function notificationTable(): string {
  const rows = kindNames.map((name) => {
    const { to, when, use, thread, hours, until, urgent, graceSeconds } = kindOf(name)
    const ways = channels.map((channel) => {
      const way = use[channel]
      const wait = channel === 'push' && graceSeconds ? `, after ${graceSeconds} s` : ''
      return way ? `${uses[way]}${wait}` : '–'
    })
    const late = [`${hours} h`, ...(until ? [ends[until]] : [])].join(', or ')
    return [`\`${name}\``, to, when, ...ways, thread, late, urgent ? 'yes' : '–']
  })
  const head = [
    'Kind',
    'Who',
    'When',
    'In the app',
    'Push',
    'SMS',
    'Thread',
    'No longer matters after',
    'Rings in quiet hours',
  ]
  const widths = head.map((cell, column) =>
    Math.max(cell.length, ...rows.map((row) => row[column]?.length ?? 0)),
  )
  // As the formatter would have it.
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  return [head, widths.map((width) => '-'.repeat(width)), ...rows].map(line).join('\n')
}

/** The page with the table as it is now. */
export function withTable(page: string): string {
  const [before = '', rest = ''] = page.split(BEGIN, 2)
  const [, behind = ''] = rest.split(END, 2)
  return `${before}${BEGIN}\n\n${notificationTable()}\n\n${END}${behind}`
}
