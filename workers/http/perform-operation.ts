import type { Ctx } from '../context.ts'
import type { AppContext } from './app-env.ts'
import { describeForm } from './describe-form.ts'
import { runOnce } from './idempotency.ts'
import type { Operation } from './operation.ts'
import { problemReply, toProblem } from './problem-reply.ts'

/**
 * Runs an operation on validated input and turns what it returns into the reply; once per Idempotency-Key where it
 * honours one. What it has written to the outbox is delivered after the reply.
 */
export async function performOperation(op: Operation, c: AppContext): Promise<Response> {
  const { services, actor, now } = c.get('state')
  const run = () => answer(op, c)
  const readBody = async () =>
    op.formBytes ? describeForm(await c.req.formData()) : op.body ? c.req.text() : ''
  const call = { services, operationId: op.id, request: c.req.raw, readBody, now }
  const reply = await (op.idempotent && actor ? runOnce({ ...call, actor }, run) : run())
  if (op.announces && reply.ok) contextOf(c).defer(services.drainOutbox())
  return reply
}

async function answer(op: Operation, c: AppContext): Promise<Response> {
  try {
    const reply = await op.run(contextOf(c), validInput(op, c))
    if (reply instanceof Response) return reply
    const { status, body } = reply
    return body === null ? new Response(null, { status }) : Response.json(body, { status })
  } catch (error) {
    const problem = toProblem(error)
    // Only what is given again has to be a reply already here; how the rest is refused is for the edge to say.
    if (problem.status >= 500 || !op.idempotent) throw problem
    return problemReply(problem, c.get('state').requestId)
  }
}

/** What an operation gets of its request. Work that it defers goes on after the reply and is logged when it fails. */
function contextOf(c: AppContext): Ctx<Ctx['actor'] | null> {
  const { services, actor, now, requestId, headers } = c.get('state')
  const logFailure = (error: unknown) => services.log.error('deferred work failed', { requestId, error })
  const defer = (work: Promise<unknown>) => services.platform.keepAlive(c, work.catch(logFailure))
  return { ...services, actor, now, requestId, request: c.req.raw, replyHeaders: headers, defer }
}

/**
 * The input that the validators of this operation's route have parsed. Hono types it by route, which a list of
 * operations does not have; the operation's own types hold because its own schemas did the parsing.
 */
function validInput(op: Operation, c: AppContext): { params: unknown; query: unknown; body: unknown } {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  const valid = (target: 'param' | 'query' | 'json' | 'form'): unknown => c.req.valid(target as never)
  return { params: valid('param'), query: valid('query'), body: valid(op.formBytes ? 'form' : 'json') }
}
