import type { Keyspace } from '../keyspace.ts'
import type { Reply } from '../reply.ts'

/**
 * A command's arity counts its own name, as Redis does; negative means "at least". It is checked before `run`, so
 * the defaults in the handlers' destructuring only satisfy the type checker.
 */
export type Command = readonly [arity: number, run: (space: Keyspace, args: string[]) => Reply]
export type CommandTable = Readonly<Record<string, Command>>
