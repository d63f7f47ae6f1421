/** What was sent must be written down, or it is sent again. */
const TRIES = 3

/** Writes down what was sent, again where that fails. Rejects after some tries. */
export async function writeDown(write: () => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await write()
    } catch (error) {
      if (tries === TRIES) throw error
    }
  }
}
