import sharp from 'sharp'
import { expect, test } from 'vitest'
import { call, expectBody, fieldRefusal, refusal } from './client/api.ts'
import { actOn, book } from './client/bookings.ts'
import { chatOf, Message, post, readPage, remove, say } from './client/chat.ts'
import { download, formWith, pdf, phonePhoto, store, upload } from './client/files.ts'
import { signIn } from './client/people.ts'
import { signInStaff } from './client/staff.ts'
import { publishTrip } from './client/trips.ts'

/** Somebody who asks a driver, and where. */
async function asking() {
  const trip = await publishTrip({ bookingMode: 'approval' })
  const asker = await signIn()
  return { trip, asker, driver: trip.driver, conversationId: await chatOf(trip, asker, trip.driver) }
}

test('a photo arrives without its position, by a link that only members are given', async () => {
  const { asker, driver, conversationId } = await asking()
  const { id: attachmentId } = await store('chat-attachment', asker.token, await phonePhoto(400, 200))
  const sent = expectBody(await post(asker, { conversationId, attachmentId, body: 'My bag' }), 201, Message)
  expect(sent).toMatchObject({ body: 'My bag', attachment: { mediaType: 'image/webp' } })
  const [seen] = (await readPage(driver, conversationId)).items
  const url = seen?.attachment?.url ?? ''
  const { status, bytes } = await download(url)
  const { width, height, exif } = await sharp(bytes).metadata()
  expect({ status, width, height, exif }).toEqual({ status: 200, width: 200, height: 400, exif: undefined })
  const [stranger, reviewer] = [await signIn(), await signInStaff('reviewer')]
  const bare = url.split('?')[0] ?? ''
  for (const { token } of [stranger, reviewer, driver])
    expect((await download(bare, { token })).status).toBe(404)
  expect((await download(bare)).status).toBe(401)
  expect((await download(bare, { token: asker.token })).status).toBe(200)
})

test('a PDF is sent as it is, and sent once', async () => {
  const { asker, driver, conversationId } = await asking()
  const { id: attachmentId } = await store('chat-attachment', asker.token, pdf())
  const clientId = crypto.randomUUID()
  const sent = expectBody(await post(asker, { conversationId, attachmentId, clientId }), 201, Message)
  expect(sent).toMatchObject({ body: null, attachment: { mediaType: 'application/pdf' } })
  expect(await post(asker, { conversationId, attachmentId, clientId })).toMatchObject({
    status: 200,
    body: { id: sent.id },
  })
  const unusable = fieldRefusal('attachmentId', 'file_not_usable')
  expect(await post(driver, { conversationId, attachmentId })).toMatchObject(unusable)
  const refused = await post(asker, { conversationId, attachmentId })
  expect(refused).toMatchObject({ status: 422, body: { code: 'file_not_usable' } })
  const avatar = await store('avatar', asker.token, await phonePhoto(100, 100))
  expect(await post(asker, { conversationId, attachmentId: avatar.id })).toMatchObject(unusable)
})

test('one file in two messages at once is in one', async () => {
  const { asker, conversationId } = await asking()
  const { id: attachmentId } = await store('chat-attachment', asker.token, pdf())
  const replies = await Promise.all([1, 2, 3].map(() => post(asker, { conversationId, attachmentId })))
  expect(replies.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 422, 422])
  expect((await readPage(asker, conversationId)).items.map(({ seq }) => seq)).toEqual([1])
})

test('what is in a message cannot be deleted by itself, and goes with it', async () => {
  const { asker, driver, conversationId } = await asking()
  const file = await store('chat-attachment', asker.token, pdf())
  const message = expectBody(await post(asker, { conversationId, attachmentId: file.id }), 201, Message)
  const path = `/api/v1/storage/delete/${file.variants[0]?.filename}`
  expect(await call('DELETE', path, { token: asker.token })).toMatchObject(refusal(409, 'file_in_use'))
  const url = message.attachment?.url ?? ''
  expect((await remove(asker, message.id)).status).toBe(204)
  expect((await download(url)).status).toBe(404)
  expect((await readPage(driver, conversationId)).items).toMatchObject([{ attachment: null }])
})

test('an attachment is what it is by its content, and nobody needs to drive for it', async () => {
  const { token } = await signIn()
  expect(await upload('chat-attachment', token, '<script>')).toMatchObject(
    refusal(415, 'file_type_not_supported'),
  )
  const body = { purpose: 'chat_attachment', mediaType: 'application/pdf', bytes: 1000 }
  expect((await call('POST', '/api/v1/storage/uploads', { token, body })).status).toBe(201)
  expect(await call('POST', '/api/v1/storage/upload/chat-attachment', { form: formWith(pdf()) })).toMatchObject(
    refusal(401, 'unauthenticated'),
  )
})

test('contact and payment are flagged until the booking is confirmed, and operators see them', async () => {
  const { trip, asker, driver, conversationId } = await asking()
  const number = await say(asker, conversationId, 'call me: नौ आठ सात छह पांच चार तीन दो एक शून्य')
  const cash = await say(driver, conversationId, 'cash le lunga, app se mat karo')
  const fine = await say(asker, conversationId, 'I have one bag')
  const booking = await book(trip, asker)
  await actOn(booking, driver, 'accept')
  const later = await say(asker, conversationId, '9876543210')
  expect([number, cash, fine, later].map(({ flag }) => flag)).toEqual(['contact', 'payment', null, null])
  const { token } = await signInStaff('operator')
  const list = (query = '') => call('GET', `/api/v1/admin/messages/flagged${query}`, { token })
  expect((await list('?limit=2')).status).toBe(200)
  expect(await list(`?senderId=${asker.id}`)).toMatchObject({
    body: { items: [{ id: number.id, body: number.body, flag: 'contact', rideId: trip.rideId }] },
  })
  expect(await list(`?senderId=${driver.id}&flag=payment`)).toMatchObject({
    body: { items: [{ id: cash.id }] },
  })
  expect(await list(`?senderId=${driver.id}&flag=contact`)).toMatchObject({ body: { items: [] } })
  expect(await list('?flag=other')).toMatchObject(fieldRefusal('flag'))
})
