import { loadProfile } from '#db/queries/auth/profile.ts'
import { fieldProblem } from '#packages/errors/problem.ts'
import type { Ctx } from '../context.ts'

/** Only who says in her profile that she is a woman offers rides for women only. Throws `women_only_driver`. */
export async function requireWoman(ctx: Ctx): Promise<void> {
  const person = await loadProfile(ctx.db, ctx.actor.userId)
  if (person?.gender !== 'female')
    throw fieldProblem('women_only_driver', 'womenOnly', 'Your profile does not say that you are a woman')
}
