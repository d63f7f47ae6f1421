import type { z } from '@hono/zod-openapi'
import { html, Markup } from '#packages/html/markup.ts'
import type { Language } from '#packages/sms/languages.ts'
import type { Shared } from '../contract.ts'
import { drawMap } from './draw-map.ts'
import { renderCard } from './render-card.ts'
import { localeOf, Speaker } from './say.ts'
import { SCRIPT } from './script.ts'
import { STYLE } from './style.ts'

type SharedView = z.output<typeof Shared>

/** How often the page asks again while it cannot listen, in seconds. */
const POLL_SECONDS = 10
const POLL_BEFORE_SECONDS = 60

const ICON = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><circle cx="8" cy="8" r="7" fill="#0a8f5b"/></svg>',
)}`

/**
 * The page of a link, with all it knows, so that it shows something before, and without, its script.
 * @param shared undefined: the link is none, or no longer
 * @param now Unix milliseconds
 */
export function renderPage(shared: SharedView | undefined, language: Language, now: number): string {
  const speaker = new Speaker(language, now)
  const again = html`<noscript><meta http-equiv="refresh" content="${POLL_BEFORE_SECONDS}"></noscript>`
  return html`<!doctype html>
<html lang="${localeOf(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="robots" content="noindex">
<meta name="theme-color" media="(prefers-color-scheme: light)" content="#eef2ee">
<meta name="theme-color" media="(prefers-color-scheme: dark)" content="#0d1512">
<title>Margwa · ${speaker.say('title')}</title>
<link rel="icon" href="${ICON}">
<style>${new Markup(STYLE)}</style>
${shared ? again : null}
</head>
<body>
${shared ? renderView(shared, speaker) : renderGone(speaker)}
<p id="offline" role="status" hidden>${speaker.say('offline')}</p>
<script>${new Markup(SCRIPT)}</script>
</body>
</html>
`.text
}

const brand = html`<p class="brand"><i></i>Margwa</p>`

/** What stands where there is no map: that all is well again, or that nothing is here. */
const SIGNS = {
  over: html`<svg class="sign good" viewBox="0 0 48 48" aria-hidden="true"><circle cx="24" cy="24" r="21"/><path d="M15 25l6 6 12-13"/></svg>`,
  gone: html`<svg class="sign" viewBox="0 0 48 48" aria-hidden="true"><circle cx="24" cy="24" r="21"/><path d="M17 17l14 14M31 17L17 31"/></svg>`,
}

function renderView(shared: SharedView, speaker: Speaker): Markup {
  const { ride, alert } = shared
  const sos = alert?.state === 'resolved' ? null : (alert?.position ?? null)
  const isAhead = ride?.status === 'scheduled'
  const isLive = isAhead || ride?.status === 'started'
  const asks = isLive || (alert !== null && alert.state !== 'resolved')
  const poll = asks ? (isAhead && !alert ? POLL_BEFORE_SECONDS : POLL_SECONDS) : null
  const map = (ride ?? sos) && drawMap({ ride: ride && rideOnMap(ride), sos, title: speaker.say('title') })
  return html`<main id="view" data-state="${alert?.state ?? ''}/${ride?.status ?? ''}"
${isLive && html`data-live="1"`} ${poll !== null && html`data-poll="${poll}"`}>
<div class="field">${brand}${map ?? SIGNS.over}</div>
${renderCard(shared, speaker)}
</main>`
}

function rideOnMap({ path, from, to, destination, position, status }: NonNullable<SharedView['ride']>) {
  return { path, from, to, destination, car: position, isOver: status === 'completed' }
}

function renderGone(speaker: Speaker): Markup {
  return html`<main id="view" data-state="gone">
<div class="field">${brand}${SIGNS.gone}</div>
<section id="card"><h1>${speaker.say('gone')}</h1><p class="sub">${speaker.say('goneHint')}</p></section>
</main>`
}
