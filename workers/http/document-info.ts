/** The head of the OpenAPI document. */
export const documentInfo = {
  openapi: '3.1.0',
  info: {
    title: 'Margwa',
    version: '1.0.0',
    description:
      'Ride sharing along a route. Money is in minor units, times are ISO 8601 UTC, distances metres, durations seconds. ' +
      'Refusals are `application/problem+json` with a stable `code`.',
  },
}
