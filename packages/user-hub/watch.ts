import type { Presence } from '#packages/protocol/hub-calls.ts'
import { MAX_WATCHED } from '#packages/protocol/hub-client-frame.ts'
import { takeToken } from '#packages/rates/token-bucket.ts'
import type { Effect, MemberId } from './effect.ts'
import { finishTurn } from './finish-turn.ts'
import type { Hub, Member, Turn } from './hub.ts'
import { WATCH_RATE } from './limits.ts'
import { nobody, presenceFrame } from './presence.ts'
import { keepWatching } from './save-hub.ts'
import { refuse, sayTo } from './say.ts'

const unavailable = 'It could not be found out where people are; try again'

/** Whom the person wants to watch, from all devices, if this one wanted these. */
function watchedWith({ members }: Hub, member: Member, users: readonly string[]): Set<string> {
  return new Set([...members.values()].flatMap((each) => (each === member ? users : each.wanted)))
}

/** A device wants to be told of these people, in place of those before. Whether it may is asked each time. */
export function wantWatch(turn: Turn, member: Member, users: readonly string[]): void {
  const { hub, now, effects } = turn
  const wanted = [...new Set(users)].filter((userId) => userId !== hub.userId)
  if (!takeToken(member.watches, WATCH_RATE, now)) {
    return refuse(turn, member, 'rate_limited', 'Too many lists of people to watch')
  }
  if (watchedWith(hub, member, wanted).size > MAX_WATCHED) {
    return refuse(turn, member, 'too_many_watched', `One person watches at most ${MAX_WATCHED} people`)
  }
  member.wanted = wanted
  const still = member.watching.filter((userId) => wanted.includes(userId))
  if (still.length < member.watching.length) keepWatching(turn, member, still)
  if (wanted.length === 0) return
  effects.push({ do: 'errand', errand: { kind: 'ask-watch', member: member.id, users: wanted } })
}

/** Whom of those that were asked for a device may watch; of the others it hears nothing but that they are not there. */
export function grantWatch(
  hub: Hub,
  id: MemberId,
  asked: readonly string[],
  allowed: readonly string[],
  now: number,
): Effect[] {
  const turn: Turn = { hub, now, effects: [] }
  const member = hub.members.get(id)
  if (!member) return finishTurn(turn)
  // It may want others by now.
  const wanted = asked.filter((userId) => member.wanted.includes(userId))
  const granted = wanted.filter((userId) => allowed.includes(userId))
  const others = member.watching.filter((userId) => !asked.includes(userId))
  keepWatching(turn, member, [...others, ...granted])
  for (const userId of wanted) {
    if (!granted.includes(userId)) sayTo(turn, [member], presenceFrame(userId, nobody(0)))
  }
  if (granted.length > 0) turn.effects.push({ do: 'errand', errand: { kind: 'watch', users: granted } })
  return finishTurn(turn)
}

/** It could not be asked; a device that wants to know asks again. */
export function failWatch(hub: Hub, users: readonly string[], now: number): Effect[] {
  const turn: Turn = { hub, now, effects: [] }
  for (const member of hub.members.values()) {
    const wanted = member.wanted.filter((userId) => !users.includes(userId))
    if (wanted.length === member.wanted.length) continue
    member.wanted = wanted
    keepWatching(
      turn,
      member,
      member.watching.filter((userId) => !users.includes(userId)),
    )
    refuse(turn, member, 'presence_unavailable', unavailable)
  }
  return finishTurn(turn)
}

/** Where somebody is. Returns whether any device watches them; a word that is older than one before is not told. */
export function hearPresence(
  hub: Hub,
  userId: string,
  presence: Presence,
  now: number,
): { watched: boolean; effects: Effect[] } {
  const turn: Turn = { hub, now, effects: [] }
  const listeners = [...hub.members.values()].filter(({ watching }) => watching.includes(userId))
  const known = hub.heard.get(userId)
  if (listeners.length > 0 && (known === undefined || known.version <= presence.version)) {
    hub.heard.set(userId, presence)
    sayTo(turn, listeners, presenceFrame(userId, presence))
  }
  return { watched: listeners.length > 0, effects: finishTurn(turn) }
}
