import type { Texts } from '../text.ts'

export const en: Texts = {
  someone: 'Someone',
  somewhere: 'your ride',
  booking_requested: {
    title: '{name} asks for a seat',
    body: '{from} → {to}, {time}. Answer soon: the seat is held only for a while.',
  },
  booking_made: { title: '{name} has booked', body: '{from} → {to}, {time}' },
  booking_withdrawn: {
    title: '{name} has cancelled',
    body: '{from} → {to}, {time}. The seats are free again.',
  },
  booking_confirmed: { title: 'Your seat is confirmed', body: '{from} → {to}, {time}' },
  booking_rejected: {
    title: 'Your request was declined',
    body: '{from} → {to}, {time}. Look for another ride.',
  },
  booking_expired: {
    title: 'Your request was not answered',
    body: '{from} → {to}, {time}. Look for another ride.',
  },
  marked_absent: {
    title: 'You were marked as not there',
    body: '{from} → {to}, {time}. Tell us if that is wrong.',
  },
  seats_offered: {
    title: 'A seat is free for you',
    body: '{from} → {to}, {time}. It is held for a few minutes: take it now.',
  },
  ride_changed: {
    title: 'Your ride has changed',
    body: '{from} → {to}, {time}. You may cancel free of charge.',
  },
  ride_cancelled: {
    title: 'Your ride was cancelled',
    body: '{from} → {to}, {time}. You get back what you paid.',
  },
  ride_started: { title: '{name} has set off', body: '{from} → {to}. Follow the car in the app.' },
  review_due: { title: 'How was the ride with {name}?', body: '{from} → {to}. Say how it was.' },
  review_visible: { title: 'You have a new review', body: '{name} has written about the ride {from} → {to}.' },
  document_expiring: {
    title: 'A document ends soon',
    body: 'Hand in its renewal in time, so that you can go on driving.',
  },
  document_rejected: { title: 'A document was not accepted', body: 'See why, and hand it in again.' },
  chat_message: { title: 'New message from {name}', body: 'Open the conversation to read it.' },
  sos_raised: { title: 'Call for help', body: 'Somebody has raised an SOS. Take it now.' },
  sos_acknowledged: { title: 'Help is looking after you', body: 'Our team has seen your SOS.' },
  ride_found: { title: 'A ride for your search', body: '{from} → {to}, {time}' },
  passenger_found: { title: 'Somebody looks for a ride like yours', body: '{from} → {to}, {time}' },
  payment_missed: {
    title: 'Your seats were not paid in time',
    body: '{from} → {to}, {time}. They are free again. If money was taken, it comes back.',
  },
  payment_received: {
    title: 'You have paid {amount}',
    body: '{from} → {to}, {time}. Your receipt is in the app.',
  },
  refund_sent: {
    title: '{amount} is on its way back to you',
    body: '{from} → {to}, {time}. Your bank may take a few days.',
  },
  refund_failed: {
    title: '{amount} could not be sent back yet',
    body: '{from} → {to}, {time}. We are looking after it: you need not do anything.',
  },
  payout_paid: { title: '{amount} was paid to you', body: 'Your withdrawal has left for your account.' },
  payout_failed: {
    title: '{amount} could not be paid to you',
    body: 'The money is back in your wallet. Check your details and try again.',
  },
  payout_waiting: { title: 'A withdrawal of {amount} waits', body: 'Approve it, or pay it by hand.' },
  announcement: { title: '{title}', body: '{body}' },
  offer: { title: '{title}', body: '{body}' },
}
