import { sql } from 'drizzle-orm'
import { type Db, readRow } from '#db/client.ts'
import { maskNumber } from '#packages/documents/number.ts'
import type { AccountExport } from './account-export.ts'
import { at, list, object } from './export-list.ts'
import { ExportRow, exportMoney, presentMoney } from './export-money.ts'

const stop = object({ name: 'name', lat: 'lat', lng: 'lng' })

/**
 * Everything that is stored about a person, in one statement, and nothing about others: of a ride its route and times,
 * not who else was on it. Of documents and bank accounts the number is left out but its end, of sessions the tokens.
 * Undefined: no such account.
 */
export async function exportAccount(db: Db, userId: string): Promise<AccountExport | undefined> {
  const row = await readRow(
    db,
    sql`select ${sql.raw(
      object({
        id: 'id',
        phone: 'phone',
        name: 'name',
        email: 'email',
        language: 'language',
        gender: 'gender',
        notificationChoices: 'notification_choices',
        showsPresence: 'shows_presence',
        quietHours: `case when quiet_from is not null then ${object({ from: 'quiet_from', to: 'quiet_to' })} end`,
        createdAt: at('created_at'),
        updatedAt: at('updated_at'),
      }),
    )} as profile,
    ${list({ name: 'name', phone: 'phone' }, 'trusted_contacts', 'user_id', userId, 'place')} as "trustedContacts",
    ${list(
      {
        ...{ id: 'id', deviceName: 'device_name', createdAt: at('created_at') },
        ...{ lastUsedAt: at('last_used_at'), expiresAt: at('expires_at') },
        ...{ revokedAt: at('revoked_at'), revokedReason: 'revoked_reason' },
      },
      'sessions',
      'user_id',
      userId,
    )} as sessions,
    ${list(
      { bio: 'bio', online: 'online', createdAt: at('created_at'), updatedAt: at('updated_at') },
      'drivers',
      'user_id',
      userId,
      'user_id',
    )} -> 0 as driver,
    ${list(
      {
        ...{ id: 'id', make: 'make', model: 'model', year: 'year', plate: 'plate', colour: 'colour' },
        ...{ kind: 'kind', fuel: 'fuel', features: 'to_jsonb(features)', seats: 'seats', active: 'active' },
        createdAt: at('created_at'),
        deletedAt: at('deleted_at'),
      },
      'vehicles',
      'driver_id',
      userId,
    )} as vehicles,
    ${list(
      {
        ...{ id: 'id', kind: 'kind', vehicleId: 'vehicle_id', state: 'state', reason: 'reason' },
        ...{ number: `'${maskNumber('')}' || number_last4`, expiresOn: 'expires_on', fileId: 'file_id' },
        createdAt: at('created_at'),
        reviewedAt: at('reviewed_at'),
      },
      'documents',
      'driver_id',
      userId,
    )} as documents,
    ${list(
      {
        ...{ id: 'id', purpose: 'purpose', state: 'state' },
        bytes: '(select coalesce(sum(bytes), 0) from file_variants where file_id = files.id)',
        createdAt: at('created_at'),
        deletedAt: at('deleted_at'),
      },
      'files',
      'owner_id',
      userId,
    )} as files,
    ${list(
      {
        ...{ id: 'id', seats: 'seats', bookingMode: 'booking_mode', notes: 'notes' },
        pricePerSeat: object({ amount: 'price_per_seat', currency: 'currency' }),
        stops: `(select jsonb_agg(${stop} order by position) from route_stops where route_id = routes.id)`,
        createdAt: at('created_at'),
        archivedAt: at('archived_at'),
      },
      'routes',
      'driver_id',
      userId,
    )} as routes,
    ${list(
      {
        ...{ id: 'id', routeId: 'route_id', vehicleId: 'vehicle_id', status: 'status' },
        departsAt: at('departs_at'),
        startedAt: at('started_at'),
        endedAt: at('ended_at'),
      },
      'rides',
      'driver_id',
      userId,
    )} as rides,
    ${list(
      {
        ...{ id: 'id', rideId: 'ride_id', state: 'state', seats: 'seats', cancelledBy: 'cancelled_by' },
        pickup: object({ lat: 'pickup_lat', lng: 'pickup_lng', at: at('pickup_at') }),
        dropoff: object({ lat: 'dropoff_lat', lng: 'dropoff_lng', at: at('dropoff_at') }),
        fare: object({ amount: 'fare_amount', currency: 'currency' }),
        fee: object({ amount: 'fee_amount', currency: 'currency' }),
        ...{ payWith: 'pay_with', sameGender: 'same_gender' },
        createdAt: at('created_at'),
      },
      'bookings',
      'passenger_id',
      userId,
    )} as bookings,
    ${list(
      { id: 'id', rideId: 'ride_id', seats: 'seats', state: 'state', createdAt: at('created_at') },
      'waitlist_entries',
      'passenger_id',
      userId,
    )} as "waitlistEntries",
    ${list(
      {
        ...{ id: 'id', radiusMetres: 'radius_metres', seats: 'seats', filters: 'filters' },
        pickup: object({ name: 'pickup_name', lat: 'pickup_lat', lng: 'pickup_lng' }),
        dropoff: object({ name: 'dropoff_name', lat: 'dropoff_lat', lng: 'dropoff_lng' }),
        earliest: at('earliest'),
        latest: at('latest'),
        rideIds: `(select coalesce(jsonb_agg(ride_id order by ride_id), '[]') from alerts where saved_search_id = saved_searches.id)`,
        createdAt: at('created_at'),
      },
      'saved_searches',
      'user_id',
      userId,
    )} as "savedSearches",
    ${list(
      {
        ...{ id: 'id', bookingId: 'booking_id', stars: 'stars', tags: 'to_jsonb(tags)', text: 'body' },
        ...{ createdAt: at('created_at'), removedAt: at('removed_at') },
      },
      'reviews',
      'author_id',
      userId,
    )} as "reviewsWritten",
    ${list(
      {
        ...{ id: 'id', bookingId: 'booking_id', stars: 'stars', tags: 'to_jsonb(tags)', text: 'body' },
        ...{ reply: 'reply', repliedAt: at('replied_at'), visibleAt: at('visible_at') },
      },
      // Not before it can be read.
      '(select * from reviews where counted_at is not null) received',
      'subject_id',
      userId,
    )} as "reviewsReceived",
    ${list({ as: 'side', stars: 'stars', reviews: 'reviews' }, 'rating_totals', 'user_id', userId, 'side')} as ratings,
    ${list({ userId: 'blocked_id', at: at('created_at') }, 'blocks', 'blocker_id', userId, 'blocked_id')} as blocks,
    ${list(
      {
        ...{ id: 'id', subjectKind: 'subject_kind', subjectId: 'subject_id', reason: 'reason' },
        ...{ details: 'details', state: 'state', createdAt: at('created_at') },
      },
      'reports',
      'reporter_id',
      userId,
    )} as reports,
    ${list(
      {
        ...{ id: 'id', rideId: 'ride_id' },
        createdAt: at('created_at'),
        expiresAt: at('expires_at'),
        revokedAt: at('revoked_at'),
      },
      'share_links',
      'created_by',
      userId,
    )} as "shareLinks",
    ${list(
      {
        ...{ id: 'id', rideId: 'ride_id', state: 'state', note: 'note' },
        position: `case when lat is not null then ${object({ lat: 'lat', lng: 'lng' })} end`,
        locatedAt: at('located_at'),
        raisedAt: at('raised_at'),
        acknowledgedAt: at('acknowledged_at'),
        resolvedAt: at('resolved_at'),
        resolution: 'resolution',
      },
      'sos_alerts',
      'user_id',
      userId,
    )} as "sosAlerts",
    ${list(
      {
        ...{ id: 'conversations.id', rideId: 'ride_id', kind: 'kind', readSeq: 'read_seq' },
        ...{ joinedAt: at('joined_at'), leftAt: at('left_at') },
      },
      'conversation_members join conversations on conversations.id = conversation_id',
      'user_id',
      userId,
    )} as conversations,
    ${list(
      {
        ...{ id: 'id', conversationId: 'conversation_id', seq: 'seq', text: 'body', fileId: 'file_id' },
        ...{ sentAt: at('created_at'), deletedAt: at('deleted_at') },
      },
      'messages',
      'sender_id',
      userId,
    )} as messages,
    ${list(
      { id: 'id', kind: 'kind', written: `data -> 'written'`, at: at('created_at'), readAt: at('read_at') },
      '(select * from notifications where deleted_at is null) shown',
      'user_id',
      userId,
    )} as notifications,
    ${list(
      { id: 'id', platform: 'platform', createdAt: at('created_at'), updatedAt: at('updated_at') },
      'devices',
      'user_id',
      userId,
    )} as devices,
    ${list(
      { kind: 'kind', channel: 'channel', wanted: 'wanted' },
      'notification_preferences',
      'user_id',
      userId,
      'kind, channel',
    )} as "notificationPreferences",
    ${list({ role: 'role', grantedAt: at('granted_at') }, 'staff_roles', 'user_id', userId, 'role')} as "staffRoles",
    ${exportMoney(userId)},
    ${list(
      { action: 'action', subject: 'subject', at: at('at') },
      'audit_events',
      'actor_id',
      userId,
      'at, id',
    )} as "staffActions"
    from users where id = ${userId} and deleted_at is null`,
    ExportRow,
  )
  return row && presentMoney(row)
}
