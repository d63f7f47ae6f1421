import { act, call } from './actions.js'
import { element, money, pill, when } from './elements.js'

/** What can be done to a refund or a payout, by its state. */
const REFUND_ACTS = {
  pending: [
    ['Process', 'process'],
    ['Fail', 'fail'],
  ],
}
const PAYOUT_ACTS = {
  queued: [
    ['Process', 'process'],
    ['Fail', 'fail'],
    ['Reject', 'reject'],
  ],
  processing: [
    ['Process', 'process'],
    ['Fail', 'fail'],
    ['Reverse', 'reverse'],
  ],
  processed: [['Reverse', 'reverse']],
}

function button(label, path) {
  const look = ['pay', 'process'].some((good) => path.endsWith(`/${good}`)) ? 'primary' : 'danger'
  const click = act(() => call('POST', path))
  return element('button', { type: 'button', class: look, click }, label)
}

const actions = (acts, path) =>
  acts
    ? element('div', { class: 'actions' }, ...acts.map(([label, name]) => button(label, `${path}/${name}`)))
    : undefined

const line = (...parts) => element('div', { class: 'line' }, ...parts)
const small = (text) => element('span', { class: 'small' }, text)
const idOf = ({ id }) => element('span', { class: 'small mono' }, id)
const since = ({ created_at }) => when(new Date(created_at * 1000).toISOString())

const refundRow = (refund) =>
  element(
    'div',
    { class: 'payment back' },
    line(small(`${money(refund.amount)} back`), pill(refund.status)),
    actions(REFUND_ACTS[refund.status], `/api/refunds/${refund.id}`),
  )

const paymentRow = (payment) =>
  element(
    'div',
    { class: 'payment' },
    line(idOf(payment), pill(payment.status)),
    ...payment.refunds.map(refundRow),
  )

export const orderCard = (order) =>
  element(
    'li',
    { class: 'card' },
    line(element('span', { class: 'amount' }, money(order.amount)), pill(order.status)),
    line(idOf(order), since(order)),
    order.receipt ? element('p', { class: 'small' }, `Receipt ${order.receipt}`) : undefined,
    order.status === 'paid'
      ? undefined
      : element(
          'div',
          { class: 'actions' },
          button('Pay', `/api/payments/${order.id}/pay`),
          button('Fail', `/api/payments/${order.id}/fail`),
          element('a', { class: 'button', href: `/checkout/${order.id}`, target: '_blank' }, 'Checkout'),
        ),
    order.payments.length > 0
      ? element('div', { class: 'attempts' }, ...order.payments.map(paymentRow))
      : undefined,
  )

export const payoutCard = (payout) =>
  element(
    'li',
    { class: 'card' },
    line(element('span', { class: 'amount' }, money(payout.amount)), pill(payout.status)),
    line(idOf(payout), since(payout)),
    element('p', { class: 'small' }, payout.failure_reason ?? `${payout.mode} ${payout.utr ?? ''}`),
    actions(PAYOUT_ACTS[payout.status], `/api/payouts/${payout.id}`),
  )
