import { parseArgs } from 'node:util'

/** Arguments that make no sense. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

export interface DevOptions {
  port: number
  inboxPort: number
  /** Where data is kept, relative to the project. */
  data: string
  reset: boolean
}

const USAGE = 'npm run dev -- [--port N] [--inbox-port N] [--data DIR] [--reset]'
const DATA_DIR = '.margwa'
const MAX_PORT = 65_535

/** Reads the arguments of `npm run dev`; throws a UsageError. */
export function readOptions(args: readonly string[]): DevOptions {
  const values = parse(args)
  const port = (name: 'port' | 'inbox-port') => {
    const number = Number(values[name])
    if (Number.isInteger(number) && number > 0 && number <= MAX_PORT) return number
    throw new UsageError(`--${name} takes a port number, 1 to ${MAX_PORT}, not "${values[name]}".\n\n${USAGE}`)
  }
  return { port: port('port'), inboxPort: port('inbox-port'), data: values.data, reset: values.reset }
}

function parse(args: readonly string[]) {
  try {
    const options = {
      port: { type: 'string', default: '8787' },
      'inbox-port': { type: 'string', default: '8788' },
      data: { type: 'string', default: DATA_DIR },
      reset: { type: 'boolean', default: false },
    } as const
    return parseArgs({ args: [...args], options }).values
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`)
  }
}
