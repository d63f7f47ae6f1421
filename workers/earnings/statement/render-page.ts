import { html, Markup } from '#packages/html/markup.ts'
import { rupeesExactly } from '#packages/money/rupees.ts'
import { explainLine, sayInstant, sayMonth } from './explain-line.ts'
import type { Statement } from './read-statement.ts'
import { STYLE } from './style.ts'

/** A statement as a page that can be printed: no script, nothing from elsewhere. @param now Unix milliseconds */
export function renderStatement(statement: Statement, now: number): string {
  const { month, driver, from, to, opening, lines, closing } = statement
  const title = `Wallet statement, ${sayMonth(from)}`
  const [paidIn, paidOut] = [1, -1].map((sign) =>
    lines.reduce((sum, { amount }) => sum + Math.max(0, sign * amount), 0),
  )
  const page = html`<!doctype html>
<html lang="en-IN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${title}</title><style>${new Markup(STYLE)}</style></head><body><main>
<header><p class="brand">Margwa</p><h1>${title}</h1>
<dl><div><dt>Driver</dt><dd>${driver.name ?? 'No name'}</dd></div><div><dt>Account</dt><dd class="id">${driver.id}</dd></div>
<div><dt>Period</dt><dd>${sayInstant(from)} to ${sayInstant(new Date(to.getTime() - 1))}</dd></div></dl></header>
<dl class="sums">${sum('Opening balance', opening)}${sum('In', paidIn)}${sum('Out', paidOut)}${sum('Closing balance', closing)}</dl>
<table><thead><tr><th>When</th><th>What</th><th class="n">In</th><th class="n">Out</th><th class="n">Balance</th></tr></thead><tbody>
<tr class="edge"><td></td><td>Opening balance</td><td></td><td></td><td class="n">${rupeesExactly(opening)}</td></tr>
${lines.length === 0 && html`<tr><td></td><td class="about" colspan="4">Nothing came in or went out.</td></tr>`}
${lines.map((line) => row(line, now))}
<tr class="edge"><td></td><td>Closing balance</td><td></td><td></td><td class="n">${rupeesExactly(closing)}</td></tr>
</tbody></table>
<footer>Amounts in Indian rupees, times in India. What passengers paid in the car is not part of the wallet.
Statement ${month}, made ${sayInstant(new Date(now))}.</footer>
</main></body></html>`
  return page.text
}

const sum = (name: string, paise = 0) => html`<div><dt>${name}</dt><dd>${rupeesExactly(paise)}</dd></div>`

function row(line: Statement['lines'][number], now: number): Markup {
  const { what, about } = explainLine(line)
  const { at, amount, balance, availableAt } = line
  const held = availableAt && availableAt.getTime() > now && `can be withdrawn from ${sayInstant(availableAt)}`
  const more = [about, held].filter(Boolean).join('; ')
  return html`<tr><td class="when">${sayInstant(at)}</td><td class="what">${what}${more && html`<div class="about">${more}</div>`}</td>
<td class="n">${amount > 0 && rupeesExactly(amount)}</td><td class="n out">${amount < 0 && rupeesExactly(-amount)}</td>
<td class="n balance">${rupeesExactly(balance)}</td></tr>`
}
