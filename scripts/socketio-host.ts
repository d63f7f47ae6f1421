import { parseArgs } from 'node:util'
import { listenForSignals } from './dev/listen-for-signals.ts'
import { startHost } from './socketio-host/start-host.ts'

const signals = listenForSignals()
const { values } = parseArgs({ options: { port: { type: 'string', default: '3000' } } })
const host = await startHost(Number(values.port))
// oxlint-disable-next-line no-console -- it is a command
console.log(`The sample applications of the Engine.IO and Socket.IO conformance suites: ${host.url}`)
signals.stopWith(() => void host.close().then(() => process.exit(0)))
