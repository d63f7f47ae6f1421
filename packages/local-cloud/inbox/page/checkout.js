/**
 * The checkout of an order. What it ends in stands on the page (`data-state`, `data-razorpay-…`), is posted to the page that
 * opened it, and goes along to `?callback=`, if there is one.
 */
import { act, call } from './actions.js'
import { element, find, money } from './elements.js'

const orderId = location.pathname.split('/').at(-1)
const callback = readCallback()

function readCallback() {
  const asked = new URLSearchParams(location.search).get('callback')
  if (asked === null || !URL.canParse(asked)) return undefined
  const url = new URL(asked)
  // Anything else, such as javascript:, would run here.
  return url.protocol === 'http:' || url.protocol === 'https:' ? url : undefined
}

/** `data-state` and what is said: waiting · paid · declined · left · missing. */
function show(state, title, text = '') {
  find('checkout').dataset.state = state
  find('title').textContent = title
  find('text').textContent = text
  find('choices').hidden = state !== 'waiting' && state !== 'declined'
  find('return').hidden = state !== 'left'
}

function tell(ending) {
  // Whoever opened this page is told, and nobody else.
  window.opener?.postMessage(ending, callback?.origin ?? '*')
}

function paid(checkout) {
  for (const [name, value] of Object.entries(checkout)) {
    find('checkout').setAttribute(`data-${name.replaceAll('_', '-')}`, value)
  }
  show('paid', 'Paid', `Payment ${checkout.razorpay_payment_id}`)
  tell({ event: 'paid', ...checkout })
  if (!callback) return
  for (const [name, value] of Object.entries(checkout)) callback.searchParams.set(name, value)
  location.assign(callback)
}

const waiting = () => show('waiting', 'How does it go?', 'Choose what the customer and the bank do.')

find('pay').addEventListener(
  'click',
  act(async () => paid((await call('POST', `/api/payments/${orderId}/pay`)).checkout)),
)
find('fail').addEventListener(
  'click',
  act(async () => {
    const { payment } = await call('POST', `/api/payments/${orderId}/fail`)
    show('declined', 'The bank said no', payment.error_description)
    find('pay').textContent = 'Try again'
    tell({ event: 'declined', description: payment.error_description })
  }),
)
find('leave').addEventListener('click', () => {
  show('left', 'Nothing was paid', 'The order can still be paid.')
  tell({ event: 'left' })
})
find('return').addEventListener('click', waiting)

async function load() {
  const order = await call('GET', `/api/orders/${orderId}`)
  find('order').textContent = order.id
  find('amount').textContent = money(order.amount)
  find('pay').textContent = `Pay ${money(order.amount)}`
  find('notes').replaceChildren(
    ...Object.entries(order.notes).flatMap(([name, value]) => [
      element('dt', {}, name),
      element('dd', {}, value),
    ]),
  )
  if (order.status === 'paid') show('paid', 'This order is paid')
  else waiting()
}
load().catch((error) => show('missing', 'This order cannot be paid', error.message))
