import { expect, test } from 'vitest'
import { RoomPass } from './room-pass.ts'

const id = '00000000-0000-4000-8000-000000000001'
const ride = { id, driverId: id, status: 'started', departsAt: '2026-11-22T06:00:00+05:30' } as const
const pass = { userId: id, sessionId: id, role: 'passenger', ride } as const

test('a pass goes through a header: its JSON is plain ASCII', () => {
  const text = JSON.stringify({ ...pass, bookingId: id, expiresAt: 1 })
  expect(RoomPass.parse(JSON.parse(text))).toMatchObject(pass)
  expect(text).toMatch(/^[ -~]+$/)
})

test.each([
  ['an unknown role', { ...pass, role: 'admin' }],
  ['an id that is none', { ...pass, userId: 'é' }],
  ['an unknown field', { ...pass, admin: true }],
  ['no ride', { ...pass, ride: undefined }],
])('a pass with %s is refused', (_, bad) => {
  expect(RoomPass.safeParse(bad).success).toBe(false)
})
