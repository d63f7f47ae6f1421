import { expect, test } from 'vitest'
import { z } from 'zod'
import { type ApiReply, call, expectBody, fieldRefusal, refusal } from './client/api.ts'
import { fillPath, readOperations } from './client/document.ts'
import { newAddress, newPhone, type Person, readCode, signIn, signInDriver } from './client/people.ts'
import { roleOf, signInStaff, theAdministrator } from './client/staff.ts'

const Events = z.object({
  items: z.array(z.looseObject({ id: z.string(), action: z.string() })),
  nextCursor: z.string().nullable(),
})
const Staff = z.object({
  items: z.array(z.looseObject({ id: z.string() })),
  nextCursor: z.string().nullable(),
})
const forbidden = refusal(403, 'forbidden')
const STAFF = '/api/v1/admin/staff'

const audit = async (query: Record<string, string>) =>
  call('GET', `/api/v1/admin/audit-events?${new URLSearchParams(query)}`, await theAdministrator())
const ban = ({ token }: Person, id: string, reason = 'Threatened a passenger') =>
  call('POST', `/api/v1/admin/users/${id}/ban`, { token, body: { reason } })
const unban = ({ token }: Person, id: string) => call('POST', `/api/v1/admin/users/${id}/unban`, { token })
const lookUp = ({ token }: Person, phone: string) =>
  call('GET', `/api/v1/admin/users?${new URLSearchParams({ phone })}`, { token })
const profile = ({ token }: Person) => call('GET', '/api/v1/auth/profile', { token })

/** How a person is listed as staff, on whichever page. */
async function listed({ id }: Person): Promise<unknown> {
  const { token } = await theAdministrator()
  let cursor: string | null = null
  do {
    const query = new URLSearchParams({ limit: '100', ...(cursor !== null && { cursor }) })
    const reply = await call('GET', `${STAFF}?${query}`, { token })
    expect(JSON.stringify(reply.body)).not.toContain('"phone"')
    const page: z.infer<typeof Staff> = expectBody(reply, 200, Staff)
    const found = page.items.find((member) => member.id === id)
    if (found) return found
    cursor = page.nextCursor
  } while (cursor !== null)
  return undefined
}

/** Asks for a code and uses it, up to whatever comes of it. */
async function trySignIn(phone: string): Promise<ApiReply> {
  const headers = newAddress()
  await call('POST', '/api/v1/auth/send-otp', { body: { phone }, headers })
  const body = { phone, otp: await readCode(phone) }
  return call('POST', '/api/v1/auth/verify-otp', { body, headers })
}

test('a role that is given works at once, is listed, and is gone at once when it is taken', async () => {
  const [administrator, person] = [await theAdministrator(), await signIn()]
  const { token } = administrator
  const knock = () => call('GET', '/api/v1/admin/documents', { token: person.token })
  expect(await knock()).toMatchObject(forbidden)
  for (let n = 0; n < 2; n++)
    expect((await call('PUT', roleOf(person, 'reviewer'), { token })).status).toBe(204)
  expect((await knock()).status).toBe(200)
  const roles = [{ role: 'reviewer', grantedBy: administrator.id }]
  expect(await listed(person)).toMatchObject({ appointed: false, roles })
  expect((await call('DELETE', roleOf(person, 'reviewer'), { token })).status).toBe(204)
  expect(await knock()).toMatchObject(forbidden)
  expect(await call('DELETE', roleOf(person, 'reviewer'), { token })).toMatchObject(refusal(404, 'not_found'))
  expect(await audit({ subject: person.id })).toMatchObject({
    body: {
      items: [
        { action: 'role.withdraw', actorId: administrator.id, details: { role: 'reviewer' } },
        // Giving it twice gave it once.
        { action: 'role.grant', actorId: administrator.id, details: { role: 'reviewer' } },
      ],
      nextCursor: null,
    },
  })
})

test('the administrator that the settings name is one, and is listed', async () => {
  const administrator = await theAdministrator()
  expect(await listed(administrator)).toMatchObject({ id: administrator.id, appointed: true })
  expect(await listed(await signIn())).toBeUndefined()
})

test('only an administrator gives roles, and reads who has them and what was done', async () => {
  const person = await signIn()
  const others = [person, await signInDriver()]
  for (const role of ['reviewer', 'operator', 'finance'] as const) others.push(await signInStaff(role))
  for (const other of others) {
    const { token } = other
    expect(await call('PUT', roleOf(person, 'administrator'), { token })).toMatchObject(forbidden)
    expect(await call('DELETE', roleOf(person, 'reviewer'), { token })).toMatchObject(forbidden)
    expect(await call('GET', STAFF, { token })).toMatchObject(forbidden)
    expect(await call('GET', '/api/v1/admin/audit-events', { token })).toMatchObject(forbidden)
  }
  const second = await signInStaff('administrator')
  const grant = await call('PUT', roleOf(person, 'finance'), { token: second.token })
  expect(grant.status).toBe(204)
})

test('everything under /admin is for the staff', async () => {
  const { token } = await signInDriver()
  const operations = (await readOperations()).filter(({ path }) => path.startsWith('/api/v1/admin/'))
  expect(operations.length).toBeGreaterThan(10)
  for (const { id, method, path } of operations)
    expect(await call(method, fillPath(path), { token }), id).toMatchObject(forbidden)
})

test('nobody changes their own roles, and there are no others', async () => {
  const administrator = await signInStaff('administrator')
  const { token } = administrator
  for (const method of ['PUT', 'DELETE']) {
    const own = await call(method, roleOf(administrator, 'administrator'), { token })
    expect(own).toMatchObject(refusal(409, 'own_account'))
    const stranger = { ...administrator, id: crypto.randomUUID() }
    expect(await call(method, roleOf(stranger, 'reviewer'), { token })).toMatchObject(refusal(404, 'not_found'))
    const unknown = await call(method, `${STAFF}/${crypto.randomUUID()}/king`, { token })
    expect(unknown).toMatchObject(refusal(404, 'not_found'))
  }
})

test('a banned person is out at once, everywhere, and does not come in again until that is over', async () => {
  const phone = newPhone()
  const devices = [await signIn(phone), await signIn(phone)]
  const [device = devices[0]] = devices
  if (!device) throw new Error('nobody signed in')
  for (const each of devices) expect((await profile(each)).status).toBe(200)
  const operator = await signInStaff('operator')
  expect((await ban(operator, device.id)).status).toBe(204)
  for (const each of devices) {
    expect(await profile(each)).toMatchObject(refusal(401, 'session_revoked'))
    const body = { refreshToken: each.refreshToken }
    const refreshed = await call('POST', '/api/v1/auth/refresh-token', { body, headers: newAddress() })
    expect(refreshed).toMatchObject(refusal(401, 'refresh_invalid'))
  }
  expect((await trySignIn(phone)).status).toBeGreaterThanOrEqual(400)
  expect(await lookUp(operator, phone)).toMatchObject({ body: { items: [{ bannedAt: expect.any(String) }] } })

  expect((await unban(operator, device.id)).status).toBe(204)
  expect(await profile(device)).toMatchObject(refusal(401, 'session_revoked'))
  expect((await trySignIn(phone)).status).toBe(200)
  const { items } = expectBody(await audit({ subject: device.id }), 200, Events)
  expect(items).toMatchObject([
    { action: 'user.unban', actorId: operator.id },
    { action: 'user.lookup' },
    { action: 'user.ban', actorId: operator.id, details: { reason: 'Threatened a passenger' } },
  ])
})

test('to ban twice is to ban, and each time is on record', async () => {
  const [operator, person] = [await signInStaff('operator'), await signIn()]
  for (const reason of ['First', 'Second']) expect((await ban(operator, person.id, reason)).status).toBe(204)
  expect(await audit({ subject: person.id })).toMatchObject({
    body: { items: [{ details: { reason: 'Second' } }, { details: { reason: 'First' } }] },
  })
})

test('a ban and a sign-in at once leave nobody signed in', async () => {
  const operator = await signInStaff('operator')
  for (let round = 0; round < 3; round++) {
    const phone = newPhone()
    const person = await signIn(phone)
    const headers = newAddress()
    await call('POST', '/api/v1/auth/send-otp', { body: { phone }, headers })
    const body = { phone, otp: await readCode(phone) }
    const [banned, signedIn] = await Promise.all([
      ban(operator, person.id),
      call('POST', '/api/v1/auth/verify-otp', { body, headers }),
    ])
    expect(banned.status).toBe(204)
    if (signedIn.status === 200) {
      const token = String(Object(signedIn.body).accessToken)
      expect(await profile({ ...person, token })).toMatchObject(refusal(401, 'session_revoked'))
    }
  }
})

test('nobody bans themselves, and only operators ban', async () => {
  const [operator, person] = [await signInStaff('operator'), await signIn()]
  for (const act of [ban, unban]) {
    expect(await act(operator, operator.id)).toMatchObject(refusal(409, 'own_account'))
    expect(await act(operator, crypto.randomUUID())).toMatchObject(refusal(404, 'not_found'))
    for (const other of [person, await signInStaff('reviewer'), await signInStaff('finance')])
      expect(await act(other, person.id)).toMatchObject(forbidden)
  }
  expect(await ban(operator, person.id, '')).toMatchObject(fieldRefusal('reason'))
  expect((await profile(person)).status).toBe(200)
})

test('a person is found by the whole phone, and every search is on record without it', async () => {
  const [operator, person] = [await signInStaff('operator'), await signInDriver('Chandrika')]
  const found = await lookUp(operator, person.phone)
  expect(found).toMatchObject({
    status: 200,
    body: {
      items: [{ id: person.id, name: 'Chandrika', isDriver: true, bannedAt: null }],
      nextCursor: null,
    },
  })
  expect(JSON.stringify(found.body)).not.toContain(person.phone)
  expect(await lookUp(operator, newPhone())).toMatchObject({ status: 200, body: { items: [] } })
  const record = await audit({ actor: operator.id })
  expect(record).toMatchObject({
    body: {
      items: [
        { action: 'user.lookup', subject: null },
        { action: 'user.lookup', subject: person.id },
      ],
    },
  })
  expect(JSON.stringify(record.body)).not.toContain('+91')
  for (const phone of ['', '+91', person.phone.slice(1), `${person.phone}%`])
    expect(await lookUp(operator, phone)).toMatchObject(fieldRefusal('phone'))
  for (const other of [person, await signInStaff('reviewer')])
    expect(await lookUp(other, person.phone)).toMatchObject(forbidden)
})

test('the record comes in pages, newest first, each event once', async () => {
  const [operator, person] = [await signInStaff('operator'), await signIn()]
  const acts = [ban, unban, ban, unban, ban]
  for (const act of acts) await act(operator, person.id)
  const actions: string[] = []
  const ids = new Set<string>()
  let cursor: string | null = null
  do {
    const query: Record<string, string> = { actor: operator.id, limit: '2', ...(cursor !== null && { cursor }) }
    const page: z.infer<typeof Events> = expectBody(await audit(query), 200, Events)
    for (const { id, action } of page.items) {
      actions.push(action)
      ids.add(id)
    }
    cursor = page.nextCursor
  } while (cursor !== null)
  expect(actions).toEqual(acts.toReversed().map((act) => (act === ban ? 'user.ban' : 'user.unban')))
  expect(ids.size).toBe(acts.length)
})
