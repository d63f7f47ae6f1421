import { integer } from '../arguments.ts'
import { OK, RedisError, type Reply } from '../reply.ts'
import type { ScriptEngine } from '../run-scripts.ts'
import type { CommandTable } from './command-table.ts'

/** `numkeys key … arg …` */
function splitKeys(args: string[]): [keys: string[], rest: string[]] {
  const [count = '', ...rest] = args
  const keys = integer(count)
  if (keys < 0) throw new RedisError("ERR Number of keys can't be negative")
  if (keys > rest.length) throw new RedisError("ERR Number of keys can't be greater than number of args")
  return [rest.slice(0, keys), rest.slice(keys)]
}

function manage(engine: ScriptEngine, [verb = '', ...args]: string[]): Reply {
  switch (verb.toUpperCase()) {
    case 'LOAD':
      return engine.load(args[0] ?? '')
    case 'EXISTS':
      return args.map((digest) => (engine.has(digest.toLowerCase()) ? 1 : 0))
    case 'FLUSH':
      engine.flush()
      return OK
    default:
      throw new RedisError(`ERR unknown subcommand '${verb}'. Try SCRIPT HELP.`)
  }
}

export function scriptingCommands(engine: ScriptEngine): CommandTable {
  const run = (digest: string, args: string[]) => engine.run(digest, ...splitKeys(args))
  return {
    EVAL: [-3, (_space, [script = '', ...args]) => run(engine.load(script), args)],
    EVAL_RO: [-3, (_space, [script = '', ...args]) => run(engine.load(script), args)],
    EVALSHA: [-3, (_space, [digest = '', ...args]) => run(digest.toLowerCase(), args)],
    EVALSHA_RO: [-3, (_space, [digest = '', ...args]) => run(digest.toLowerCase(), args)],
    SCRIPT: [-2, (_space, args) => manage(engine, args)],
  }
}
