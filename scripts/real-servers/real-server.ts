/** A server that was started for one command. */
export interface RealServer {
  url: string
  close(): Promise<void>
}
