import { INDIAN_ZONE } from '#packages/calendar/indian-time.ts'
import { GST_SHARE } from '#packages/fares/booking-fee.ts'
import { html, Markup } from '#packages/html/markup.ts'
import { rupeesExactly } from '#packages/money/rupees.ts'
import { type Amounts, type CreditNote, FEE_SAC, type Receipt, type Seller } from './receipt.ts'
import { RECEIPT_STYLE } from './receipt-style.ts'

const PERCENT = 100
const METHODS: Readonly<Record<string, string>> = {
  ...{ upi: 'UPI', card: 'card', netbanking: 'net banking', wallet: 'wallet', emi: 'EMI' },
}

const days = new Intl.DateTimeFormat('en-IN', { timeZone: INDIAN_ZONE, dateStyle: 'long' })
const instants = new Intl.DateTimeFormat('en-IN', {
  ...{ timeZone: INDIAN_ZONE, dateStyle: 'full', timeStyle: 'short' },
})

/** A receipt as a page that can be printed; it has no script. Whatever people are called is text in it. */
export function renderReceipt(receipt: Receipt): string {
  const { number, issuedAt, seller, passenger, driver, from, to, pickupAt, seats, creditNotes } = receipt
  return html`<!doctype html>
<html lang="en-IN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${number}</title>
<style>${new Markup(RECEIPT_STYLE)}</style>
</head>
<body>
<main>
<header><p class="brand"><i></i>Margwa</p>
<div class="number"><h1>${seller.gstin ? 'Receipt and tax invoice' : 'Receipt'}</h1><p><b>${number}</b></p><p class="dim">${days.format(issuedAt)}</p></div></header>
<div class="two">
<div><h2>Issued by</h2>${renderSeller(seller)}</div>
<div><h2>To</h2><p>${passenger ?? 'Passenger'}</p></div>
<div><h2>Ride</h2><p class="way">${from} → ${to}</p><p>${instants.format(pickupAt)}</p><p class="dim">${seats === 1 ? '1 seat' : `${seats} seats`}</p></div>
<div><h2>Booking</h2><p class="dim small">${receipt.bookingId}</p></div>
</div>
${renderLines(receipt, `Paid${paidBy(receipt.method)}`, driver ? `Fare of ${driver}, the driver` : 'Fare of the driver')}
${creditNotes.map(renderCreditNote)}
<footer class="dim small"><p>The fare is collected on behalf of the driver and passed on; it bears no tax of ${seller.name}.</p>
<p>Made by a computer, and valid without a signature.</p></footer>
</main>
</body>
</html>
`.text
}

function renderSeller({ name, address, gstin }: Seller): Markup {
  return html`<p>${name}</p>${address && html`<p class="dim">${address}</p>`}${gstin && html`<p class="dim">GSTIN ${gstin}</p>`}`
}

const paidBy = (method: string | null) => (method === null ? '' : ` by ${METHODS[method] ?? method}`)

function renderLines({ fare, fee, tax, total }: Amounts, sum: string, fareOf: string): Markup {
  const rate = `GST at ${Math.round(GST_SHARE * PERCENT)} % on the booking fee`
  const lines = [
    ...[{ text: fareOf, amount: fare }],
    ...[{ text: 'Booking fee', code: `SAC ${FEE_SAC}`, amount: fee }],
    ...[{ text: rate, amount: tax }],
  ].filter(({ amount }) => amount !== 0)
  return html`<table>
<tbody>${lines.map(({ text, code, amount }) => html`<tr><td>${text} ${code && html`<span class="dim small">${code}</span>`}</td><td>${rupeesExactly(amount)}</td></tr>`)}
<tr class="total"><td>${sum}</td><td>${rupeesExactly(total)}</td></tr></tbody>
</table>`
}

function renderCreditNote({ number, issuedAt, ...amounts }: CreditNote): Markup {
  return html`<section class="note"><h2>Credit note</h2><p><b>${number}</b> <span class="dim">${days.format(issuedAt)}</span></p>
${renderLines(amounts, 'Given back', 'Fare')}</section>`
}
