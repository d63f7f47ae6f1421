/** Small pieces of page: everything received is put in as text, never as markup. */

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' })
const TOAST_MS = 4000

const TONES = {
  paid: 'good',
  captured: 'good',
  authorized: 'warn',
  attempted: 'warn',
  refunded: 'warn',
  failed: 'bad',
  refused: 'bad',
  processed: 'good',
  processing: 'warn',
  pending: 'warn',
  queued: 'warn',
  rejected: 'bad',
  reversed: 'bad',
}
const rupees = new Intl.NumberFormat('en-IN', { style: 'currency', currency: 'INR' })
const PAISE_PER_RUPEE = 100

export const find = (id) => document.querySelector(`#${id}`)

/** `element('p', { class: 'small' }, 'text', child)`; texts become text nodes. */
export function element(name, attributes, ...children) {
  const node = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) {
    if (key === 'click') node.addEventListener('click', value)
    else if (value !== undefined) node.setAttribute(key, value)
  }
  node.append(...children.filter((child) => child !== undefined && child !== ''))
  return node
}

export const pill = (text) => element('span', { class: 'pill', 'data-tone': TONES[text] }, text)
export const money = (paise) => rupees.format(paise / PAISE_PER_RUPEE)
export const when = (at) =>
  element('time', { class: 'small', datetime: at, title: at }, clock.format(new Date(at)))
export const details = (label, data) =>
  element('details', {}, element('summary', {}, label), element('pre', {}, JSON.stringify(data, null, 2)))

export function toast(message) {
  find('toast').textContent = message
  find('toast').hidden = false
  setTimeout(() => {
    find('toast').hidden = true
  }, TOAST_MS)
}

/** Rebuilds only the rows that changed, so that focus, selection and open details stay. */
export function sync(id, items, keyOf, build) {
  const list = find(id)
  const first = list.dataset.filled === undefined
  const old = new Map(Array.from(list.children, (node) => [node.dataset.key, node]))
  const nodes = items.map((item) => {
    const known = old.get(keyOf(item))
    const signature = JSON.stringify(item)
    if (known?.signature === signature) return known
    const node = Object.assign(build(item), { signature })
    node.dataset.key = keyOf(item)
    if (!first) node.classList.add('fresh')
    return node
  })
  if (nodes.length !== list.children.length || nodes.some((node, index) => node !== list.children[index])) {
    list.replaceChildren(...nodes)
  }
  list.dataset.filled = ''
}

export function count(name, text) {
  for (const node of document.querySelectorAll(`[data-count="${name}"]`)) node.textContent = text
}
