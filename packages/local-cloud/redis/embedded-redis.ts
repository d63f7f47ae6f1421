import { wrongArity } from './arguments.ts'
import type { Command } from './commands/command-table.ts'
import { connectionCommands } from './commands/connection.ts'
import { hashCommands } from './commands/hashes.ts'
import { keyCommands } from './commands/keys.ts'
import { listCommands } from './commands/lists.ts'
import { scriptingCommands } from './commands/scripting.ts'
import { setCommands } from './commands/sets.ts'
import { sortedSetCommands } from './commands/sorted-sets.ts'
import { stringCommands } from './commands/strings.ts'
import { Keyspace } from './keyspace.ts'
import type { RedisBackend } from './redis-backend.ts'
import { type Outcome, RedisError, type Reply } from './reply.ts'
import { ScriptEngine } from './run-scripts.ts'

const NOT_IN_SCRIPTS = new Set(['EVAL', 'EVAL_RO', 'EVALSHA', 'EVALSHA_RO', 'SCRIPT'])

/** Redis in this process: commands run one after another without a pause, so every request is atomic. */
export class EmbeddedRedis implements RedisBackend {
  readonly kind = 'embedded'
  readonly keyspace = new Keyspace()
  private readonly clock: () => number
  private readonly commands: ReadonlyMap<string, Command>

  /** @param clock Unix ms */
  constructor(clock: () => number) {
    this.clock = clock
    const engine = new ScriptEngine((argv) => this.callFromScript(argv))
    this.commands = new Map(
      Object.entries({
        ...stringCommands,
        ...keyCommands,
        ...hashCommands,
        ...setCommands,
        ...listCommands,
        ...sortedSetCommands,
        ...connectionCommands,
        ...scriptingCommands(engine),
      }),
    )
  }

  async pipeline(commands: string[][]): Promise<Outcome[]> {
    this.keyspace.now = this.clock()
    return commands.map((argv) => this.attempt(argv))
  }

  async transaction(commands: string[][]): Promise<Outcome[]> {
    for (const argv of commands) this.queue(argv)
    return this.pipeline(commands)
  }

  async close(): Promise<void> {
    this.keyspace.clear()
  }

  private attempt(argv: string[]): Outcome {
    try {
      return { result: this.call(argv) }
    } catch (error) {
      if (error instanceof RedisError) return { error: error.message }
      throw error
    }
  }

  private queue(argv: string[]): void {
    try {
      this.find(argv)
    } catch (cause) {
      throw new RedisError('EXECABORT Transaction discarded because of previous errors.', { cause })
    }
  }

  private call(argv: string[]): Reply {
    return this.find(argv)[1](this.keyspace, argv.slice(1))
  }

  private callFromScript(argv: string[]): Reply {
    if (NOT_IN_SCRIPTS.has((argv[0] ?? '').toUpperCase())) {
      throw new RedisError('ERR This Redis command is not allowed from script')
    }
    return this.call(argv)
  }

  private find([name = '', ...args]: string[]): Command {
    const command = this.commands.get(name.toUpperCase())
    if (!command) {
      const shown = args.map((arg) => `'${arg}' `).join('')
      throw new RedisError(`ERR unknown command '${name}', with args beginning with: ${shown}`)
    }
    const [arity] = command
    const given = args.length + 1
    if (arity < 0 ? given < -arity : given !== arity) throw wrongArity(name)
    return command
  }
}
