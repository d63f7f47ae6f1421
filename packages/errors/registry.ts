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
  file_in_use: [409, 'A document or a message refers to this file; delete that instead'],
  picture_too_large: [422, 'The picture has too many pixels'],
  picture_too_small: [422, 'The picture has too few pixels'],
  picture_unreadable: [422, 'The picture cannot be decoded'],
  link_invalid: [403, 'The link is not one of ours'],
  link_expired: [403, 'The link has expired; ask for the file again'],
  range_not_satisfiable: [416, 'The file has no such part'],

  // Vehicles
  vehicle_required: [422, 'This needs a vehicle of yours'],
  plate_taken: [409, 'A vehicle with this plate is registered already'],
  too_many_vehicles: [409, 'You have as many vehicles as a driver can have; delete one first'],
  vehicle_in_use: [409, 'Rides that are not over need this vehicle'],
  seats_promised: [409, 'A ride that is not over offers more seats than that'],
  seats_follow_map: [409, 'The number of seats follows from the seat map'],
  too_many_seat_maps: [409, 'The seats of this vehicle have been rearranged too often'],
  own_account: [409, 'Nobody can do this to their own account'],

  // Routes and rides
  departure_out_of_range: [422, 'The departure is too soon or too far ahead'],
  women_only_driver: [403, 'Only a woman can offer a ride for women only'],
  route_in_use: [409, 'Passengers rely on this route as it is'],
  price_above_cap: [422, 'The price is above what cost sharing allows'],
  seats_above_capacity: [422, 'More seats than the vehicle has'],
  ride_overlap: [409, 'You drive another ride at that time'],
  ride_not_scheduled: [409, 'The ride is not waiting to start'],
  ride_not_started: [409, 'The ride has not started'],
  ride_too_early: [409, 'The ride cannot start this long before its departure'],
  passengers_unaccounted: [409, 'Some passengers have neither boarded nor been marked absent'],
  not_on_ride: [403, 'You are not on this ride'],
  ride_not_live: [409, 'The ride is not live now'],

  // Safety
  too_many_share_links: [409, 'You have as many links to this ride as you can have; revoke one first'],
  sos_acknowledged: [409, 'Somebody has taken this alert already'],
  sos_resolved: [409, 'The alert is over'],

  // Places
  place_unknown: [422, 'There is no such place'],
  place_session_ended: [409, 'This search for a place is over; begin another with a new session token'],

  // Bookings
  quote_invalid: [422, 'The quote is not one of ours'],
  quote_expired: [409, 'The quote has expired; search again'],
  quote_used: [409, 'The quote was used for a booking already'],
  women_only_ride: [403, 'This ride is for women'],
  same_gender_ride: [409, 'Somebody on those legs rides only with people of their own gender'],
  same_gender_not_possible: [409, 'You cannot ride there with people of your own gender only'],
  own_ride: [409, 'You cannot book your own ride'],
  already_booked: [409, 'You have a booking on this ride already'],
  ride_full: [409, 'Not enough seats are left on those legs'],
  ride_departed: [409, 'The ride no longer takes bookings'],
  quote_outdated: [409, 'The route or its ride has changed since the quote was made; search again'],
  seat_unknown: [422, 'The ride has no such seat to choose'],
  seat_taken: [409, 'Somebody else sits there on a part of the way'],
  seats_not_named: [409, 'The seats of this ride have no names to choose by'],
  cancellation_changed: [409, 'What cancelling costs is no longer what you were shown'],
  booking_not_offered: [409, 'The booking is not an offer that could be taken up'],
  seats_available: [409, 'There are enough free seats; book them'],
  already_waiting: [409, 'You are waiting for seats on this ride already'],
  not_waiting: [409, 'You are not waiting any more'],
  cash_not_accepted: [409, 'The driver takes no cash; pay online'],
  online_payment_unavailable: [409, 'Nobody can pay online at the moment'],
  booking_not_unpaid: [409, 'The booking is not waiting for a payment'],
  booking_not_pending: [409, 'The booking is not waiting for an answer'],
  booking_not_confirmed: [409, 'The booking is not confirmed'],
  booking_boarded: [409, 'The passenger is on board already'],
  booking_not_active: [409, 'The booking is over already'],
  booking_expired: [409, 'The booking was not answered in time'],
  boarding_code_wrong: [422, 'The boarding code is wrong'],

  // Payments
  payment_signature_invalid: [422, 'The gateway has not signed this payment of this order'],
  payment_mismatch: [409, 'The payment is not what was ordered; we are looking at it'],
  payment_gateway_unavailable: [503, 'The payment gateway does not answer; try again in a moment'],
  payment_not_captured: [409, 'Nothing came in that could be given back'],
  refund_exceeds_payment: [409, 'More than can be given back of this payment'],
  webhook_signature_invalid: [401, 'The gateway has not signed this'],

  // Withdrawals
  balance_too_low: [409, 'The wallet does not have so much that can be withdrawn'],
  withdrawal_out_of_range: [422, 'So much cannot be withdrawn at once'],
  payout_method_known: [409, 'You can be paid there already'],
  payout_method_unknown: [422, 'You have no such payout method'],
  too_many_payout_methods: [409, 'You have as many payout methods as you can have; remove one first'],
  payout_not_waiting: [409, 'The payout is not waiting for approval any more'],
  payout_not_approved: [409, 'The payout has not been approved'],
  payout_approved_before: [409, 'You have approved this payout already; somebody else has to'],
  payout_over: [409, 'The payout is over'],
  payout_not_manual: [409, 'The gateway pays this one, and says what became of it'],
  wallet_not_empty: [409, 'Withdraw what is in your wallet first, and wait until it has arrived'],

  // Chat
  chat_closed: [409, 'The conversation is closed; it can only be read'],
  recipient_unavailable: [409, 'This person cannot be written to'],
  client_id_used: [422, 'This clientId was used with another message'],

  // Notifications
  notification_not_optional: [422, 'This always comes this way, or never does'],

  // Reviews, blocks and reports
  review_not_allowed: [403, 'Only who was accepted on a ride, and its driver, review each other'],
  review_too_early: [409, 'The ride is not over yet'],
  review_closed: [409, 'The time for reviewing this ride is over'],
  already_reviewed: [409, 'You have reviewed this ride already'],
  review_published: [409, 'Others can read the review, or it was taken down; it stays as it is'],
  review_replied: [409, 'You have replied to this review already'],
  already_reported: [409, 'You have reported this already'],
  too_many_reports: [409, 'So many of your reports wait that they come first'],
  report_of_own: [409, 'You cannot report yourself, or what is your own'],
  report_handled: [409, 'The report has been handled already'],
  women_only_passenger: [409, 'You are on a ride for women, or wait for one'],
  women_only_routes: [409, 'You offer rides for women'],
  same_gender_promised: [409, 'Somebody on a ride of yours rides only with people of their own gender'],

  // Finance
  finding_resolved: [409, 'Somebody has resolved the finding already'],

  // Saved searches
  window_out_of_range: [422, 'The time is over, too long, or too far ahead'],
  too_many_saved_searches: [409, 'You have saved as many searches as you can; delete one first'],
} as const satisfies Record<string, readonly [status: number, title: string]>

export type ProblemCode = keyof typeof problemRegistry
