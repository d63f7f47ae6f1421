import type { SampleEngine, SampleSocketIo } from './sample-objects.ts'
import { spliceSocket } from './splice-socket.ts'

export { SampleEngine, SampleSocketIo } from './sample-objects.ts'

interface Env {
  SAMPLE_ENGINE: DurableObjectNamespace<SampleEngine>
  SAMPLE_SOCKET_IO: DurableObjectNamespace<SampleSocketIo>
}

/** Serves the sample applications of the conformance suites; `npm run socketio:host` starts it. */
export default {
  async fetch(request, env) {
    const { pathname } = new URL(request.url)
    if (pathname === '/engine.io/') return spliceSocket(await env.SAMPLE_ENGINE.getByName('one').fetch(request))
    if (pathname === '/socket.io/')
      return spliceSocket(await env.SAMPLE_SOCKET_IO.getByName('one').fetch(request))
    return new Response(null, { status: 404 })
  },
} satisfies ExportedHandler<Env>
