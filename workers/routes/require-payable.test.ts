import { expect, test } from 'vitest'
import type { Ctx } from '../context.ts'
import { requirePayable } from './require-payable.ts'

test('who takes no cash needs a platform that takes payments', () => {
  const none: Pick<Ctx, 'payments'> = { payments: null }
  expect(() => requirePayable(none, false)).toThrow(
    expect.objectContaining({ code: 'online_payment_unavailable' }),
  )
  expect(() => requirePayable(none, true)).not.toThrow()
})
