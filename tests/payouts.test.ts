import { expect, test } from 'vitest'
import { call, fieldRefusal, refusal } from './client/api.ts'
import { addedMethod, addMethod, listMethods, newAccount, removeMethod, withdraw } from './client/payouts.ts'
import { type Person, signIn, signInDriver } from './client/people.ts'
import { signInStaff } from './client/staff.ts'

/** A fare is held for a day, so wallets are full in scripts/testing/payouts-of-drivers.test.ts and payouts-of-staff.test.ts only. */
const NOWHERE = crypto.randomUUID()

test('payout methods are added once, listed by their end and removed', async () => {
  const driver = await signInDriver()
  const key = { 'idempotency-key': crypto.randomUUID() }
  const upi = { kind: 'upi', address: 'Asha.Rao@OKBank' }
  const added = await addMethod(driver, upi, key)
  expect(added).toMatchObject({ status: 201, body: { kind: 'upi', lastFour: '.rao' } })
  expect((await addMethod(driver, upi, key)).body).toEqual(added.body)
  expect(await addMethod(driver, { ...upi, address: 'asha.rao@okbank' })).toMatchObject(
    refusal(409, 'payout_method_known'),
  )
  const bank = await addedMethod(driver)
  expect(await listMethods(driver)).toMatchObject({
    status: 200,
    body: { items: [bank, { kind: 'upi' }], nextCursor: null },
  })
  expect(JSON.stringify((await listMethods(driver)).body)).not.toMatch(/okbank|HDFC|Asha/i)
  expect((await removeMethod(driver, bank)).status).toBe(204)
  expect(await removeMethod(driver, bank)).toMatchObject(refusal(404, 'not_found'))
  expect(await withdraw(driver, bank, 100_00)).toMatchObject(fieldRefusal('methodId', 'payout_method_unknown'))
})

test('what is no UPI address and no bank account is refused, field by field', async () => {
  const driver = await signInDriver()
  for (const [path, body] of [
    ['address', { kind: 'upi', address: 'asha@gmail.com' }],
    ['address', { kind: 'upi' }],
    ['ifsc', { ...newAccount(), ifsc: 'HDFC1001234' }],
    ['accountNumber', { ...newAccount(), accountNumber: '12345678' }],
    ['name', { ...newAccount(), name: '<b>' }],
    ['address', { ...newAccount(), address: 'asha@okbank' }],
  ] as const)
    expect(await addMethod(driver, body)).toMatchObject(fieldRefusal(path))
})

test('an empty wallet pays nobody, whatever is asked for', async () => {
  const driver = await signInDriver()
  const method = await addedMethod(driver)
  expect(await withdraw(driver, method, 100_00)).toMatchObject({
    ...refusal(409, 'balance_too_low'),
    body: { errors: [{ path: 'amount.amount', message: '₹0 can be withdrawn now' }] },
  })
  for (const amount of [0, 500_000_01])
    expect(await withdraw(driver, method, amount)).toMatchObject(
      fieldRefusal('amount.amount', 'withdrawal_out_of_range'),
    )
  for (const amount of [-1, 1.5]) expect(await withdraw(driver, method, amount)).toMatchObject({ status: 422 })
  const list = await call('GET', '/api/v1/earnings/withdrawals', { token: driver.token })
  expect(list).toMatchObject({ status: 200, body: { items: [], nextCursor: null } })
})

test('nobody touches the methods and withdrawals of others', async () => {
  const [driver, stranger] = [await signInDriver(), await signInDriver()]
  const method = await addedMethod(driver)
  expect(await removeMethod(stranger, method)).toMatchObject(refusal(404, 'not_found'))
  expect(await withdraw(stranger, method, 100_00)).toMatchObject(
    fieldRefusal('methodId', 'payout_method_unknown'),
  )
  expect(await listMethods(stranger)).toMatchObject({ body: { items: [] } })
  const withdrawal = `/api/v1/earnings/withdrawals/${NOWHERE}`
  const { token } = stranger
  expect(await call('GET', withdrawal, { token })).toMatchObject(refusal(404, 'not_found'))
  expect(await call('POST', `${withdrawal}/cancel`, { token })).toMatchObject(refusal(404, 'not_found'))
  expect(await listMethods(await signIn())).toMatchObject(refusal(403, 'driver_profile_required'))
})

test('payouts are the business of the finance staff', async () => {
  const asked = ({ token }: Person) => [
    call('GET', '/api/v1/admin/payouts', { token }),
    call('GET', `/api/v1/admin/payouts/${NOWHERE}`, { token }),
    call('POST', `/api/v1/admin/payouts/${NOWHERE}/approve`, { token }),
    ...['reject', 'failed'].map((action) =>
      call('POST', `/api/v1/admin/payouts/${NOWHERE}/${action}`, { token, body: { reason: 'No' } }),
    ),
    call('POST', `/api/v1/admin/payouts/${NOWHERE}/paid`, { token, body: { bankReference: 'UTR123456' } }),
  ]
  const others = [await signInDriver(), await signInStaff('operator'), await signInStaff('reviewer')]
  for (const reply of await Promise.all(others.flatMap(asked)))
    expect(reply).toMatchObject(refusal(403, 'forbidden'))
  const [list, ...rest] = await Promise.all(asked(await signInStaff('finance')))
  expect(list).toMatchObject({ status: 200, body: { items: expect.any(Array) } })
  for (const reply of rest) expect(reply).toMatchObject(refusal(404, 'not_found'))
})
