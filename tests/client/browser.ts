import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { z } from 'zod'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const SWITCHES = [
  ...['--headless', '--remote-debugging-pipe', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  ...['--hide-scrollbars', '--no-first-run', '--disable-background-networking', '--disable-component-update'],
  // Without the keyring and the network services of a desktop.
  ...['--password-store=basic', '--use-mock-keychain', '--disable-sync', '--disable-default-apps'],
]

const Message = z.looseObject({
  id: z.number().optional(),
  method: z.string().optional(),
  params: z.record(z.string(), z.unknown()).optional(),
  result: z.record(z.string(), z.unknown()).optional(),
  error: z.looseObject({ message: z.string() }).optional(),
})
type Result = Record<string, unknown>

/** Where a Chromium is on this machine: CHROMIUM, or one of its usual names; undefined: there is none. */
export function findChromium(): string | undefined {
  const { CHROMIUM, PATH = '' } = process.env
  if (CHROMIUM) return CHROMIUM
  const places = PATH.split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)))
  return places.find((file) => existsSync(file))
}

export interface Look {
  width: number
  height: number
  dark?: boolean
  language?: string
}

/** A headless Chromium with one page, spoken to by the DevTools protocol over a pipe. */
export class Browser {
  /** What the page wrote on its console, and what the browser objected to. */
  readonly complaints: string[] = []
  readonly #process: ChildProcess
  readonly #input: Writable
  readonly #profile: string
  readonly #waiting = new Map<number, PromiseWithResolvers<Result>>()
  #session = ''
  #lastId = 0

  constructor(executable: string) {
    this.#profile = mkdtempSync(join(tmpdir(), 'margwa-chromium-'))
    const args = [...SWITCHES, `--user-data-dir=${this.#profile}`]
    this.#process = spawn(executable, args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] })
    const [, , , input, output] = this.#process.stdio
    this.#input = writable(input)
    let rest = ''
    readable(output)
      .setEncoding('utf8')
      .on('data', (chunk: string) => {
        const texts = (rest + chunk).split('\0')
        rest = texts.pop() ?? ''
        for (const text of texts) this.#take(Message.parse(JSON.parse(text)))
      })
  }

  static async open(executable: string, look: Look): Promise<Browser> {
    const browser = new Browser(executable)
    const { targetId } = await browser.#send('Target.createTarget', { url: 'about:blank' })
    const { sessionId } = await browser.#send('Target.attachToTarget', { targetId, flatten: true })
    browser.#session = String(sessionId)
    for (const domain of ['Page', 'Runtime', 'Log', 'Network']) await browser.#send(`${domain}.enable`)
    await browser.look(look)
    return browser
  }

  /** Takes the size, the colours and the language of a device. */
  async look({ width, height, dark = false, language = 'en' }: Look): Promise<void> {
    const size = { width, height, deviceScaleFactor: 2, mobile: width < height }
    await this.#send('Emulation.setDeviceMetricsOverride', size)
    const features = [{ name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' }]
    await this.#send('Emulation.setEmulatedMedia', { features })
    await this.#send('Network.setExtraHTTPHeaders', { headers: { 'accept-language': language } })
  }

  async goTo(url: string): Promise<void> {
    await this.#send('Page.navigate', { url })
    await this.until(`document.readyState === 'complete' && location.href === ${JSON.stringify(url)}`)
  }

  /** The value of an expression in the page, as JSON. */
  async ask(expression: string): Promise<unknown> {
    const reply = await this.#send('Runtime.evaluate', { expression, returnByValue: true, awaitPromise: true })
    const { value } = z.looseObject({ value: z.unknown().optional() }).parse(reply['result'])
    return value
  }

  /** Waits until an expression is true in the page. */
  async until(expression: string, patienceMs = 15_000): Promise<void> {
    const deadline = Date.now() + patienceMs
    while ((await this.ask(expression)) !== true) {
      if (Date.now() > deadline)
        throw new Error(
          `Waited in vain for ${expression}: ${String(await this.ask('document.body.innerText'))}`,
        )
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }

  async offline(offline: boolean): Promise<void> {
    const conditions = { offline, latency: 0, downloadThroughput: -1, uploadThroughput: -1 }
    await this.#send('Network.emulateNetworkConditions', conditions)
  }

  /** A picture of what is seen, PNG. */
  async screenshot(): Promise<Buffer> {
    const { data } = await this.#send('Page.captureScreenshot', { format: 'png' })
    return Buffer.from(String(data), 'base64')
  }

  async close(): Promise<void> {
    const gone = new Promise((resolve) => this.#process.once('exit', resolve))
    this.#process.kill('SIGKILL')
    await gone
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5 })
  }

  #send(method: string, params: object = {}): Promise<Result> {
    const id = ++this.#lastId
    const waiting = Promise.withResolvers<Result>()
    this.#waiting.set(id, waiting)
    const session = this.#session && !method.startsWith('Target.') ? { sessionId: this.#session } : {}
    this.#input.write(`${JSON.stringify({ id, method, params, ...session })}\0`)
    return waiting.promise
  }

  #take({ id, method, params, result, error }: z.infer<typeof Message>): void {
    if (id === undefined) {
      if (method === 'Log.entryAdded' || method === 'Runtime.exceptionThrown')
        this.complaints.push(JSON.stringify(params))
      return
    }
    const waiting = this.#waiting.get(id)
    this.#waiting.delete(id)
    if (error) waiting?.reject(new Error(error.message))
    else waiting?.resolve(result ?? {})
  }
}

function writable(stream: Readable | Writable | null | undefined): Writable {
  if (!stream || !('write' in stream)) throw new Error('Chromium has no pipe to be spoken to')
  return stream
}

function readable(stream: Readable | Writable | null | undefined): Readable {
  if (!stream || !('read' in stream)) throw new Error('Chromium has no pipe to be heard from')
  return stream
}
