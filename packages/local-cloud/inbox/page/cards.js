import { act, call } from './actions.js'
import { details, element, pill, when } from './elements.js'

const COPIED_MS = 1500

const SERVICES = [
  [/neon/, 'Database'],
  [/upstash/, 'Redis'],
  [/msg91/, 'SMS'],
  [/^fcm/, 'Push'],
  [/^oauth2/, 'Google sign-in'],
  [/^places/, 'Places'],
  [/^routes/, 'Directions'],
  [/^maps/, 'Geocoding'],
  [/razorpay/, 'Payments'],
]
async function copy(code, button) {
  await navigator.clipboard.writeText(code)
  button.lastChild.textContent = 'Copied'
  setTimeout(() => {
    button.lastChild.textContent = 'Copy'
  }, COPIED_MS)
}

export function smsCard({ at, to, summary, data }) {
  const code = String(data.code ?? '')
  const half = Math.ceil(code.length / 2)
  const shown = code.length > 5 ? `${code.slice(0, half)} ${code.slice(half)}` : code
  const button = element(
    'button',
    {
      type: 'button',
      class: 'code',
      'aria-label': `Copy ${code}`,
      click: act((pressed) => copy(code, pressed)),
    },
    element('span', {}, shown),
    element('em', {}, 'Copy'),
  )
  return element(
    'li',
    { class: 'card' },
    element('div', { class: 'line' }, element('span', { class: 'title' }, to ?? ''), when(at)),
    code ? button : element('p', {}, summary),
    element(
      'p',
      { class: 'small' },
      data.expiresInMinutes ? `Valid for ${data.expiresInMinutes} min` : summary,
    ),
  )
}

export function pushCard({ at, to, summary, data }) {
  return element(
    'li',
    { class: 'card' },
    element(
      'div',
      { class: 'line' },
      element('span', { class: 'title' }, data.notification?.title ?? summary),
      when(at),
    ),
    element('p', {}, data.notification?.body ?? ''),
    element('p', { class: 'small mono' }, `→ ${to}`),
    data.data ? details('Data', data.data) : undefined,
  )
}

export function callRow({ at, kind, summary, data }) {
  const line = element(
    'span',
    { class: 'line' },
    pill(kind),
    element('span', { class: 'grow' }, summary),
    when(at),
  )
  return element('li', {}, details(line, data))
}

export function faultRow({ host, mode }) {
  const name = SERVICES.find(([pattern]) => pattern.test(host))?.[1] ?? host
  const modes = ['up', 'refuse', 'hang', 'garbage'].map((choice) =>
    element(
      'button',
      {
        type: 'button',
        'data-mode': choice,
        'aria-pressed': String(choice === mode),
        click: act(() => call('POST', '/api/faults', { host, mode: choice })),
      },
      choice[0].toUpperCase() + choice.slice(1),
    ),
  )
  return element(
    'li',
    { class: 'fault' },
    element(
      'p',
      { title: host },
      element('span', { class: 'title' }, name),
      element('span', { class: 'small' }, host),
    ),
    element('div', { class: 'modes', role: 'group', 'aria-label': name }, ...modes),
  )
}
