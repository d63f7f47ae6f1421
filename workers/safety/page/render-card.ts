import type { z } from '@hono/zod-openapi'
import { html, type Markup } from '#packages/html/markup.ts'
import type { Shared } from '../contract.ts'
import type { Speaker } from './say.ts'

type SharedView = z.output<typeof Shared>
type Ride = NonNullable<SharedView['ride']>
type Alert = NonNullable<SharedView['alert']>

/** What the page says below its map. */
export function renderCard({ ride, alert, expiresAt }: SharedView, speaker: Speaker): Markup {
  return html`<section id="card">
${alert && renderAlert(alert, ride, speaker)}
${ride && renderRide(ride, speaker)}
${!alert && html`<p class="small">${speaker.say('until', { time: speaker.time(expiresAt) })}</p>`}
</section>`
}

function renderAlert(
  { state, name, raisedAt, position, resolvedAt }: Alert,
  ride: Ride | null,
  speaker: Speaker,
): Markup {
  const who = { name: name ?? '' }
  if (state === 'resolved')
    return html`<h1 class="good">${speaker.say(name ? 'safe' : 'safeSomebody', who)}</h1>
<p class="sub">${speaker.say('ended', { time: speaker.time(resolvedAt ?? raisedAt) })}</p>`
  const place = ride?.position ?? position
  const maps = place && `https://www.google.com/maps/search/?api=1&query=${place.lat},${place.lng}`
  return html`<div class="alarm" role="alert"><h1>${speaker.say(name ? 'help' : 'helpSomebody', who)}</h1>
<p>${speaker.say('helpAt', { time: speaker.time(raisedAt) })} · ${speaker.say(state === 'raised' ? 'told' : 'taken')}</p></div>
<p class="actions"><a class="button urgent" href="tel:112">${speaker.say('call')}</a>
${maps && html`<a class="button" href="${maps}" target="_blank" rel="noopener noreferrer">${speaker.say('openMap')}</a>`}</p>`
}

function renderRide(ride: Ride, speaker: Speaker): Markup {
  const { status, progress, driver, vehicle } = ride
  const words = {
    scheduled: 'waiting',
    started: 'moving',
    completed: 'arrived',
    cancelled: 'cancelled',
  } as const
  return html`<p class="chip ${status}">${speaker.say(words[status])}</p>
${headline(ride, speaker)}
${status === 'started' && located(ride, speaker)}
<div class="track"><div class="bar"><svg viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true"><rect width="${(status === 'completed' ? 1 : (progress?.fraction ?? 0)) * 100}" height="1"/></svg></div>
<p class="ends"><span>${ride.from}</span><span>${ride.to}</span></p></div>
<div class="who"><span class="face" aria-hidden="true">${Array.from(driver ?? 'M')[0] ?? ''}</span>
<p><b>${driver ?? speaker.say('driver')}</b><br><span class="sub">${vehicle.colour} ${vehicle.make} ${vehicle.model}</span></p>
${vehicle.plate && html`<p class="plate"><i>IND</i>${vehicle.plate.replace(/^([A-Z]{2})(\d{1,2})([A-Z]{0,3})(\d{1,4})$/, '$1 $2 $3 $4')}</p>`}</div>`
}

function headline({ status, departsAt, arrivesAt, endedAt, progress }: Ride, speaker: Speaker): Markup | false {
  const at = (word: 'leaves' | 'arrives' | 'ended', instant: string) => {
    const time = speaker.time(instant)
    const [before = '', after = ''] = speaker.words[word].split('{time}')
    return html`<h1>${before}<b>${time}</b>${after}</h1>`
  }
  if (status === 'scheduled')
    return html`${at('leaves', departsAt)}<p class="sub">${speaker.say('arrival', { time: speaker.time(arrivesAt) })}</p>`
  if (status !== 'started') return endedAt !== null && at('ended', endedAt)
  if (!progress) return at('arrives', arrivesAt)
  const left = speaker.say('left', { distance: speaker.distance(progress.metres) })
  return html`${at('arrives', progress.arrivesAt)}<p class="sub">${speaker.span(progress.arrivesAt)} · ${left}</p>`
}

/** How old what is shown is; where it is too old, that nobody knows. */
function located({ position }: Ride, speaker: Speaker): Markup {
  if (!position) return html`<p class="notice">${speaker.say('noPosition')}</p>`
  // Filled in again with each position that the page hears of.
  const fresh = html`<p id="seen" class="small seen" data-text="${speaker.words.located}">${speaker.say('located', { time: speaker.clock(position.at) })}</p>`
  if (!position.silent) return fresh
  return html`<p id="silent" class="notice warn"><b>${speaker.say('silent', { time: speaker.span(position.at) })}</b><br>${speaker.say('silentHint')}</p>`
}
