import { wrongArity } from '../arguments.ts'
import type { CommandTable } from './command-table.ts'

export const connectionCommands: CommandTable = {
  PING: [
    -1,
    (_space, args) => {
      if (args.length > 1) throw wrongArity('ping')
      return args[0] ?? { ok: 'PONG' }
    },
  ],
  ECHO: [2, (_space, [message = '']) => message],
  TIME: [1, ({ now }) => [String(Math.floor(now / 1000)), String((now % 1000) * 1000)]],
}
