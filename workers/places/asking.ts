import { loadReaderLanguage } from '#db/queries/places/load-reader-language.ts'
import type { Asking } from '#packages/places/places-port.ts'
import { DEFAULT_LANGUAGE, type Language, preferredLanguage } from '#packages/sms/languages.ts'
import type { Ctx } from '../context.ts'
import { mayAskGoogle } from './allowance.ts'

/** How the caller asks: in which language, and whether Google may be asked for them once more today. */
export async function askingOf(ctx: Ctx): Promise<Pick<Asking, 'language'> & { offline: boolean }> {
  const [language, mayAsk] = await Promise.all([languageOf(ctx), mayAskGoogle(ctx)])
  return { language, offline: !mayAsk }
}

/** What the app says, since it is asked at every letter; only where it says nothing, what the account says. */
async function languageOf({ request, db, actor }: Ctx): Promise<Language> {
  const preferred = preferredLanguage(request.headers.get('accept-language'))
  if (preferred !== undefined) return preferred
  const own = await loadReaderLanguage(db, actor.userId).catch(() => undefined)
  return own ?? DEFAULT_LANGUAGE
}
