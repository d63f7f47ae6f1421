/** The Worker of the tests inside workerd: nothing but the classes. */
export * from '../index.ts'
export { FakeBackend as GatewayBackend } from './fake-backend.ts'

export default { fetch: () => new Response(null, { status: 404 }) }
