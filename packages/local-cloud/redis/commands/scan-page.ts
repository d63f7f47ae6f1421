import { integer, Options } from '../arguments.ts'
import { everyKey, type KeyTest, matchGlob } from '../match-glob.ts'
import { type Reply, syntaxError } from '../reply.ts'

/** One page: Redis does the same for small collections, and COUNT is only a hint. */
export function scanPage(members: Iterable<[string, string]>, args: string[], single = false): Reply {
  const [cursor = '', ...rest] = args
  integer(cursor, 'ERR invalid cursor')
  const options = new Options(rest)
  let matches: KeyTest = everyKey
  for (let option = options.next(); option !== undefined; option = options.next()) {
    if (option === 'MATCH') matches = matchGlob(options.take())
    else if (option === 'COUNT') {
      if (integer(options.take()) < 1) throw syntaxError()
    } else throw syntaxError()
  }
  const found = Array.from(members).filter(([member]) => matches(member))
  return ['0', single ? found.map(([member]) => member) : found.flat()]
}
