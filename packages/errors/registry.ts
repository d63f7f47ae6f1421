/**
 * Every problem code the API can answer with: its HTTP status and its title.
 * Clients branch on the code; the title is for people. A code, once published, keeps its meaning.
 */
export const problemRegistry = {
  // The request itself
  malformed_json: [400, 'The body is not valid JSON'],
  malformed_form: [400, 'The body is not a complete form'],
  invalid_header: [400, 'A header has an invalid value'],
  not_found: [404, 'Nothing is here, or it is not yours'],
  method_not_allowed: [405, 'This path does not know that method'],
  upgrade_required: [426, 'This path speaks WebSocket only'],
  body_too_large: [413, 'The body is larger than this operation accepts'],
  unsupported_media_type: [415, 'This operation does not accept that content type'],
  invalid_fields: [422, 'Some fields are invalid'],
  invalid_cursor: [422, 'The cursor is not one of ours or belongs to another list'],
  rate_limited: [429, 'Too many requests'],
  idempotency_mismatch: [422, 'This Idempotency-Key was used with another request'],
  idempotency_in_flight: [409, 'The first request with this Idempotency-Key is still running'],
  concurrent_change: [409, 'Something else changed at the same moment; try again'],
  internal: [500, 'Something went wrong on our side'],
  dependency_unavailable: [503, 'A service we depend on does not answer'],

  // Who is asking
  unauthenticated: [401, 'Sign in first'],
  token_invalid: [401, 'The access token is not valid'],
  token_expired: [401, 'The access token has expired'],
  session_revoked: [401, 'This session has been signed out'],
  forbidden: [403, 'You may not do this'],
  driver_profile_required: [403, 'Create your driver profile first'],

  // Signing in
  phone_not_supported: [422, 'This phone number cannot sign in here'],
  otp_invalid: [422, 'The code is wrong'],
  otp_expired: [422, 'The code has expired; ask for a new one'],
  otp_attempts_exceeded: [429, 'Too many wrong codes; ask for a new one'],
  otp_budget_exhausted: [429, 'Too many codes were sent; try again later'],
  otp_resend_too_soon: [429, 'Wait a moment before asking for another code'],
  sms_not_sent: [503, 'The SMS could not be sent'],
  refresh_invalid: [401, 'The refresh token is not valid'],
  refresh_reused: [401, 'The refresh token was used before; the session has been signed out'],
  email_taken: [409, 'This e-mail address belongs to another account'],
  phone_taken: [409, 'This phone number belongs to another account'],
  phone_unchanged: [422, 'This is the phone number of the account already'],
  account_in_use: [409, 'Cancel or complete your bookings and rides first'],

  // Drivers and their documents
  documents_required: [403, 'Documents are missing, waiting, rejected or expired'],
  outside_service_area: [422, 'The position is outside the area we serve'],
  location_implausible: [422, 'Nobody gets from the last position to this one in that time'],
  document_waiting: [409, 'A document of this kind is waiting for its review already'],
  document_not_pending: [409, 'The document is not waiting for a review'],
  document_in_use: [409, 'An active ride of yours depends on this document'],
  document_expired: [422, 'The document has expired'],
  document_number_invalid: [422, 'The number is not one of this kind of document'],

  // Files
  file_empty: [422, 'The file is empty'],
  file_too_large: [413, 'The file is larger than its purpose allows'],
  file_type_not_supported: [415, 'The content of the file is of no kind that is accepted here'],
  file_not_clean: [422, 'The file holds something else beside what it claims to be'],
  file_not_usable: [422, 'The file is not yours, not of this purpose, or used already'],
  file_not_uploaded: [409, 'The file has not arrived yet'],
  file_in_use: [409, 'A document refers to this file; delete the document instead'],
  picture_too_large: [422, 'The picture has too many pixels'],
  picture_too_small: [422, 'The picture has too few pixels'],
  picture_unreadable: [422, 'The picture cannot be decoded'],
  link_invalid: [403, 'The link is not one of ours'],
  link_expired: [403, 'The link has expired; ask for the file again'],
  range_not_satisfiable: [416, 'The file has no such part'],

  // Vehicles
  vehicle_required: [422, 'This needs a vehicle of yours'],
  plate_taken: [409, 'A vehicle with this plate is registered already'],
  vehicle_in_use: [409, 'Rides that are not over need this vehicle'],
  seats_promised: [409, 'A ride that is not over offers more seats than that'],
  seats_follow_map: [409, 'The number of seats follows from the seat map'],
  own_account: [409, 'Nobody can do this to their own account'],

  // Routes and rides
  departure_out_of_range: [422, 'The departure is too soon or too far ahead'],
  price_above_cap: [422, 'The price is above what cost sharing allows'],
  seats_above_capacity: [422, 'More seats than the vehicle has'],
  ride_overlap: [409, 'You drive another ride at that time'],
  ride_not_scheduled: [409, 'The ride is not waiting to start'],
  ride_not_started: [409, 'The ride has not started'],
  ride_too_early: [409, 'The ride cannot start this long before its departure'],
  passengers_unaccounted: [409, 'Some passengers have neither boarded nor been marked absent'],
  not_on_ride: [403, 'You are not on this ride'],
  ride_not_live: [409, 'The ride is not live now'],

  // Bookings
  quote_invalid: [422, 'The quote is not one of ours'],
  quote_expired: [409, 'The quote has expired; search again'],
  quote_used: [409, 'The quote was used for a booking already'],
  own_ride: [409, 'You cannot book your own ride'],
  already_booked: [409, 'You have a booking on this ride already'],
  ride_full: [409, 'Not enough seats are left on those legs'],
  ride_departed: [409, 'The ride no longer takes bookings'],
  booking_not_pending: [409, 'The booking is not waiting for an answer'],
  booking_not_confirmed: [409, 'The booking is not confirmed'],
  booking_boarded: [409, 'The passenger is on board already'],
  booking_not_active: [409, 'The booking is over already'],
  booking_expired: [409, 'The booking was not answered in time'],
  boarding_code_wrong: [422, 'The boarding code is wrong'],
} as const satisfies Record<string, readonly [status: number, title: string]>

export type ProblemCode = keyof typeof problemRegistry
