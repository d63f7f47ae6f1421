import { expect, test } from 'vitest'
import { MAX_ENQUIRIES_A_DAY, OPEN_AFTER_RIDE_MS } from './limits.ts'
import { closesAt, type OpeningFacts, refuseToBegin, refuseToWrite } from './may-write.ts'

const departsAt = Date.parse('2026-12-01T06:00:00Z')
const arrivesAt = departsAt + 3600_000
const scheduled = { status: 'scheduled', departsAt, arrivesAt, endedAt: null } as const
const over = { ...scheduled, status: 'completed', endedAt: arrivesAt + 60_000 } as const

/** Somebody who asks before booking, half an hour before the ride. */
const asking: OpeningFacts = {
  ride: scheduled,
  ...{ writerDrives: false, receiverDrives: true, booked: false, receiverThere: true, blocked: false },
  ...{ forOthers: false, enquiries: 0 },
}
const before = departsAt - 1_800_000

test('everybody may ask the driver of a ride that is offered, and nobody else', () => {
  expect(refuseToBegin(asking, before)).toBeUndefined()
  expect(refuseToBegin(asking, departsAt - 1)).toBeUndefined()
  expect(refuseToBegin(asking, departsAt)).toBe('not_on_ride')
  expect(refuseToBegin({ ...asking, ride: { ...scheduled, status: 'started' } }, before)).toBe('not_on_ride')
  expect(refuseToBegin({ ...asking, receiverDrives: false }, before)).toBe('not_on_ride')
  expect(refuseToBegin({ ...asking, receiverDrives: false, booked: true }, before)).toBe('not_on_ride')
})

test('a driver answers whoever asked, and begins only with who has booked', () => {
  const driver = { ...asking, writerDrives: true, receiverDrives: false }
  expect(refuseToWrite(driver, arrivesAt)).toBeUndefined()
  expect(refuseToBegin(driver, before)).toBe('not_on_ride')
  expect(refuseToBegin({ ...driver, booked: true }, arrivesAt)).toBeUndefined()
  expect(refuseToBegin({ ...driver, receiverDrives: true }, before)).toBe('not_on_ride')
})

test('who has booked may write until some days after the end, who has not only while it is offered', () => {
  const end = over.endedAt + OPEN_AFTER_RIDE_MS
  expect(closesAt(over)).toBe(end)
  expect(closesAt(scheduled)).toBe(arrivesAt + OPEN_AFTER_RIDE_MS)
  expect(refuseToWrite({ ...asking, ride: over, booked: true }, end - 1)).toBeUndefined()
  expect(refuseToWrite({ ...asking, ride: over, booked: true }, end)).toBe('chat_closed')
  expect(refuseToWrite({ ...asking, ride: over }, end - 1)).toBe('not_on_ride')
  expect(refuseToWrite({ ...asking, ride: over, writerDrives: true }, end - 1)).toBeUndefined()
})

test('nobody writes to who is gone or blocked, on whichever side', () => {
  for (const facts of [asking, { ...asking, booked: true }, { ...asking, writerDrives: true }]) {
    expect(refuseToWrite({ ...facts, blocked: true }, before)).toBe('recipient_unavailable')
    expect(refuseToWrite({ ...facts, receiverThere: false }, before)).toBe('recipient_unavailable')
  }
})

test('a ride for women is asked about by women, and nobody asks without end', () => {
  expect(refuseToBegin({ ...asking, forOthers: true }, before)).toBe('women_only_ride')
  expect(refuseToBegin({ ...asking, forOthers: true, booked: true }, before)).toBeUndefined()
  expect(refuseToBegin({ ...asking, enquiries: MAX_ENQUIRIES_A_DAY - 1 }, before)).toBeUndefined()
  expect(refuseToBegin({ ...asking, enquiries: MAX_ENQUIRIES_A_DAY }, before)).toBe('rate_limited')
  expect(refuseToBegin({ ...asking, enquiries: MAX_ENQUIRIES_A_DAY, booked: true }, before)).toBeUndefined()
})
