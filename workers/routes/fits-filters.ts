import type { z } from '@hono/zod-openapi'
import type { OfferedRideRow } from '#db/queries/rides/load-offered-rides.ts'
import type { SearchFilters } from './search-contract.ts'

/** Whether a ride at this fare (minor units) has everything that was asked for. */
export function fitsFilters(
  { instant, womenOnly, amenities = [], vehicleKinds, maxFare }: z.output<typeof SearchFilters>,
  ride: OfferedRideRow,
  fare: number,
): boolean {
  if (instant && ride.bookingMode !== 'instant') return false
  if (womenOnly && !ride.womenOnly) return false
  if (vehicleKinds && !vehicleKinds.includes(ride.vehicle.kind)) return false
  if (maxFare && fare > maxFare.amount) return false
  return amenities.every((amenity) => ride.amenities.includes(amenity))
}
