import type { Seller } from '#packages/receipts/receipt.ts'
import type { Settings } from '../env.ts'

/** Who issues receipts. */
export const sellerOf = (settings: Settings): Seller => ({
  name: settings.SELLER_NAME,
  address: settings.SELLER_ADDRESS,
  gstin: settings.SELLER_GSTIN,
})
