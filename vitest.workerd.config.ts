import { cloudflareTest } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'

/** `workerd`: the Durable Objects and the bindings in the real runtime, with eviction and alarms. The settings are those of wrangler.toml. */
export default defineConfig({
  plugins: [
    cloudflareTest({
      main: './durable-objects/testing/entry.ts',
      miniflare: {
        compatibilityDate: '2026-10-01',
        compatibilityFlags: ['nodejs_compat', 'no_web_socket_compression'],
        durableObjects: {
          RIDE_ROOM: { className: 'RideRoom', useSQLite: true },
          USER_HUB: { className: 'UserHub', useSQLite: true },
          SOCKET_GATEWAY: { className: 'SocketGateway', useSQLite: true },
        },
        // Nothing listens there: tests answer the statements themselves (durable-objects/testing/stub-database.ts).
        bindings: { DATABASE_URL: 'postgres://user:password@database.test/margwa' },
        r2Buckets: { FILES: 'margwa-files' },
        images: { binding: 'IMAGES' },
      },
    }),
  ],
  test: {
    name: 'workerd',
    include: ['durable-objects/**/*.workerd.test.ts'],
    setupFiles: ['./durable-objects/testing/assert-workerd.ts'],
  },
})
