import type { Operation } from '../http/operation.ts'
import { getPayments } from './get-payments.ts'
import { getReceipt } from './get-receipt.ts'
import { initiatePayment } from './initiate-payment.ts'
import { listReceipts } from './list-receipts.ts'
import { receiveWebhook } from './receive-webhook.ts'
import { refundPayment } from './refund-payment.ts'
import { verifyPayment } from './verify-payment.ts'

export const paymentOperations: readonly Operation[] = [
  initiatePayment,
  verifyPayment,
  // Before what has an id in the same place.
  listReceipts,
  getReceipt,
  getPayments,
  refundPayment,
  receiveWebhook,
]
