import { createServer } from 'node:net'

/** Somebody else listens where we want to. */
export class PortInUseError extends Error {
  override readonly name = 'PortInUseError'
}

/** Rejects with a PortInUseError when something listens on the port already; 0 always passes. */
export async function assertPortFree(port: number, option: string): Promise<void> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = `Port ${port} is in use. Is another \`npm run dev\` running? Else choose one with \`npm run dev -- ${option} N\`.`
      reject(error.code === 'EADDRINUSE' ? new PortInUseError(taken) : error)
    })
    server.listen(port, '127.0.0.1', resolve)
  })
  await new Promise((resolve) => server.close(resolve))
}
