import pc from 'picocolors'
import { z } from 'zod'

const RequestLine = z.object({
  message: z.literal('request'),
  operation: z.string(),
  method: z.string(),
  path: z.string().optional(),
  status: z.number(),
  milliseconds: z.number(),
})

const colourOf = (status: number) => (status >= 500 ? pc.red : status >= 400 ? pc.yellow : pc.green)

/** Prints a line of the Worker's log: requests short and aligned, anything else as it is. */
export function printRequest(line: string): void {
  const request = RequestLine.safeParse(parse(line))
  if (!request.success) {
    console.log(`  ${pc.dim('│')} ${line}`)
    return
  }
  const { status, method, path = '', operation, milliseconds } = request.data
  const time = `${milliseconds} ms`.padStart(7)
  console.log(
    `  ${colourOf(status)(String(status))} ${pc.dim(time)}  ${method.padEnd(6)} ${path.padEnd(28)} ${pc.dim(operation)}`,
  )
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
