import type { Outcome } from './reply.ts'
import { scriptDigest, withoutShebang } from './script-source.ts'

const MAX_SCRIPTS = 500

const isLoad = ([name = '', verb = '']: string[]) =>
  name.toUpperCase() === 'SCRIPT' && verb.toUpperCase() === 'LOAD'

/**
 * A real Redis does not know the header line of Upstash's scripts, so they are sent without it; the digest that
 * clients compute is translated into the digest of what was sent.
 */
export class ScriptTranslator {
  private readonly digests = new Map<string, string>()

  /** The command as the real server must see it. */
  command([name = '', ...args]: string[]): [string, ...string[]] {
    const [first = '', ...rest] = args
    switch (name.toUpperCase()) {
      case 'EVAL':
      case 'EVAL_RO':
        return [name, this.script(first), ...rest]
      case 'EVALSHA':
      case 'EVALSHA_RO':
        return [name, this.digest(first), ...rest]
      case 'SCRIPT': {
        const load = isLoad([name, first])
        return [name, first, ...rest.map((text) => (load ? this.script(text) : this.digest(text)))]
      }
      default:
        return [name, ...args]
    }
  }

  /** SCRIPT LOAD answers the digest of what was sent; the client must hear the one it can compute. */
  outcome(argv: string[], outcome: Outcome): Outcome {
    return isLoad(argv) && 'result' in outcome ? { result: scriptDigest(argv[2] ?? '') } : outcome
  }

  private script(text: string): string {
    const sent = withoutShebang(text)
    this.digests.set(scriptDigest(text), scriptDigest(sent))
    const [oldest] = this.digests.keys()
    if (this.digests.size > MAX_SCRIPTS && oldest !== undefined) this.digests.delete(oldest)
    return sent
  }

  private digest(known: string): string {
    return this.digests.get(known.toLowerCase()) ?? known
  }
}
