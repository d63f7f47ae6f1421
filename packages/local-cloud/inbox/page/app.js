/** The inbox in the browser: reads all lists whenever the server says that something moved. */
import { act, call } from './actions.js'
import { callRow, faultRow, pushCard, smsCard } from './cards.js'
import { count, find, sync, toast } from './elements.js'
import { orderCard, payoutCard } from './money-cards.js'

const SHOWN = 200
const REFRESH_MS = 60
const CARDED = new Set(['payment', 'refund', 'payout'])

const entryKey = ({ id }) => String(id)

async function load() {
  const [journal, payments, payouts, faults] = await Promise.all(
    ['journal?limit=1000', 'payments', 'payouts', 'faults'].map((path) => call('GET', `/api/${path}`)),
  )
  const entries = Object.groupBy(journal.items, ({ kind }) =>
    kind === 'sms' || kind === 'push' ? kind : 'calls',
  )
  const [sms, push] = [entries.sms ?? [], entries.push ?? []]
  // Orders and payouts have cards of their own; the rest is told here.
  const calls = (entries.calls ?? []).filter(({ kind }) => !CARDED.has(kind))
  const down = faults.items.filter(({ mode }) => mode !== 'up').length
  sync('sms', sms.slice(0, SHOWN), entryKey, smsCard)
  sync('push', push.slice(0, SHOWN), entryKey, pushCard)
  sync('payments', payments.items, ({ id }) => id, orderCard)
  sync('payouts', payouts.items, ({ id }) => id, payoutCard)
  sync('calls', calls.slice(0, SHOWN), entryKey, callRow)
  sync('faults', faults.items, ({ host }) => host, faultRow)
  count('sms', sms.length)
  count('push', push.length)
  count('payments', payments.items.length)
  count('payouts', payouts.items.length)
  count('calls', calls.length)
  count('system', calls.length)
  count('faults', down > 0 ? `${down} down` : 'all up')
}

let timer
function refresh() {
  timer ??= setTimeout(() => {
    timer = undefined
    load().catch((error) => toast(error.message))
  }, REFRESH_MS)
}

function live(state, text) {
  find('live').dataset.state = state
  find('live').textContent = text
}

for (const button of document.querySelectorAll('.tabs button')) {
  button.addEventListener('click', () => {
    document.body.dataset.tab = button.dataset.tab
    for (const other of document.querySelectorAll('.tabs button')) other.removeAttribute('aria-current')
    button.setAttribute('aria-current', 'true')
  })
}
find('clear').addEventListener(
  'click',
  act(() => call('DELETE', '/api/journal')),
)

const events = new EventSource('/api/events')
events.addEventListener('open', () => {
  live('live', 'Live')
  refresh()
})
events.addEventListener('error', () => live('waiting', 'Reconnecting'))
events.addEventListener('entry', refresh)
events.addEventListener('change', refresh)
refresh()
