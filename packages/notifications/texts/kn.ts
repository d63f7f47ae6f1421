import type { Texts } from '../text.ts'

export const kn: Texts = {
  someone: 'ಯಾರೋ ಒಬ್ಬರು',
  somewhere: 'ನಿಮ್ಮ ಪ್ರಯಾಣ',
  booking_requested: {
    title: '{name} ಸೀಟು ಕೇಳಿದ್ದಾರೆ',
    body: '{from} → {to}, {time}. ಬೇಗ ಉತ್ತರಿಸಿ: ಸೀಟನ್ನು ಸ್ವಲ್ಪ ಹೊತ್ತು ಮಾತ್ರ ಕಾಯ್ದಿರಿಸಲಾಗಿದೆ.',
  },
  booking_made: { title: '{name} ಬುಕ್ ಮಾಡಿದ್ದಾರೆ', body: '{from} → {to}, {time}' },
  booking_withdrawn: { title: '{name} ರದ್ದು ಮಾಡಿದ್ದಾರೆ', body: '{from} → {to}, {time}. ಸೀಟುಗಳು ಮತ್ತೆ ಖಾಲಿ ಇವೆ.' },
  booking_confirmed: { title: 'ನಿಮ್ಮ ಸೀಟು ಖಚಿತವಾಗಿದೆ', body: '{from} → {to}, {time}' },
  booking_rejected: { title: 'ನಿಮ್ಮ ಕೋರಿಕೆಯನ್ನು ನಿರಾಕರಿಸಲಾಗಿದೆ', body: '{from} → {to}, {time}. ಬೇರೆ ಪ್ರಯಾಣ ಹುಡುಕಿ.' },
  booking_expired: { title: 'ನಿಮ್ಮ ಕೋರಿಕೆಗೆ ಉತ್ತರ ಬರಲಿಲ್ಲ', body: '{from} → {to}, {time}. ಬೇರೆ ಪ್ರಯಾಣ ಹುಡುಕಿ.' },
  marked_absent: { title: 'ನೀವು ಬಂದಿಲ್ಲ ಎಂದು ಗುರುತಿಸಲಾಗಿದೆ', body: '{from} → {to}, {time}. ಇದು ತಪ್ಪಾಗಿದ್ದರೆ ನಮಗೆ ತಿಳಿಸಿ.' },
  seats_offered: {
    title: 'ನಿಮಗಾಗಿ ಒಂದು ಸೀಟು ಖಾಲಿ ಇದೆ',
    body: '{from} → {to}, {time}. ಕೆಲವೇ ನಿಮಿಷ ಕಾಯ್ದಿರಿಸಲಾಗಿದೆ: ಈಗಲೇ ಪಡೆಯಿರಿ.',
  },
  ride_changed: { title: 'ನಿಮ್ಮ ಪ್ರಯಾಣ ಬದಲಾಗಿದೆ', body: '{from} → {to}, {time}. ನೀವು ಶುಲ್ಕವಿಲ್ಲದೆ ರದ್ದು ಮಾಡಬಹುದು.' },
  ride_cancelled: { title: 'ನಿಮ್ಮ ಪ್ರಯಾಣ ರದ್ದಾಗಿದೆ', body: '{from} → {to}, {time}. ನೀವು ಪಾವತಿಸಿದ ಹಣ ಮರಳಿ ಸಿಗುತ್ತದೆ.' },
  ride_started: { title: '{name} ಹೊರಟಿದ್ದಾರೆ', body: '{from} → {to}. ಆ್ಯಪ್‌ನಲ್ಲಿ ಕಾರನ್ನು ನೋಡಿ.' },
  review_due: { title: '{name} ಜೊತೆ ಪ್ರಯಾಣ ಹೇಗಿತ್ತು?', body: '{from} → {to}. ಹೇಗಿತ್ತು ಎಂದು ತಿಳಿಸಿ.' },
  review_visible: { title: 'ನಿಮಗೆ ಹೊಸ ವಿಮರ್ಶೆ ಬಂದಿದೆ', body: '{from} → {to} ಪ್ರಯಾಣದ ಬಗ್ಗೆ {name} ಬರೆದಿದ್ದಾರೆ.' },
  document_expiring: { title: 'ಒಂದು ದಾಖಲೆಯ ಅವಧಿ ಮುಗಿಯಲಿದೆ', body: 'ಚಾಲನೆ ಮುಂದುವರಿಸಲು ಸಮಯಕ್ಕೆ ಹೊಸದನ್ನು ಸಲ್ಲಿಸಿ.' },
  document_rejected: { title: 'ಒಂದು ದಾಖಲೆ ಸ್ವೀಕೃತವಾಗಿಲ್ಲ', body: 'ಕಾರಣ ನೋಡಿ ಮತ್ತೆ ಸಲ್ಲಿಸಿ.' },
  chat_message: { title: '{name} ಅವರಿಂದ ಹೊಸ ಸಂದೇಶ', body: 'ಓದಲು ಸಂಭಾಷಣೆಯನ್ನು ತೆರೆಯಿರಿ.' },
  sos_raised: { title: 'ಸಹಾಯದ ಕರೆ', body: 'ಯಾರೋ SOS ಕಳುಹಿಸಿದ್ದಾರೆ. ಈಗಲೇ ಸ್ವೀಕರಿಸಿ.' },
  sos_acknowledged: { title: 'ನಿಮಗೆ ಸಹಾಯ ಬರುತ್ತಿದೆ', body: 'ನಮ್ಮ ತಂಡ ನಿಮ್ಮ SOS ನೋಡಿದೆ.' },
  ride_found: { title: 'ನಿಮ್ಮ ಹುಡುಕಾಟಕ್ಕೆ ಒಂದು ಪ್ರಯಾಣ', body: '{from} → {to}, {time}' },
  passenger_found: { title: 'ನಿಮ್ಮಂತಹ ಪ್ರಯಾಣವನ್ನು ಒಬ್ಬರು ಹುಡುಕುತ್ತಿದ್ದಾರೆ', body: '{from} → {to}, {time}' },
  payment_missed: {
    title: 'ನಿಮ್ಮ ಸೀಟುಗಳಿಗೆ ಸಮಯಕ್ಕೆ ಪಾವತಿ ಆಗಲಿಲ್ಲ',
    body: '{from} → {to}, {time}. ಸೀಟುಗಳು ಮತ್ತೆ ಖಾಲಿ ಇವೆ. ಹಣ ಕಡಿತವಾಗಿದ್ದರೆ ಮರಳಿ ಬರುತ್ತದೆ.',
  },
  payment_received: { title: 'ನೀವು {amount} ಪಾವತಿಸಿದ್ದೀರಿ', body: '{from} → {to}, {time}. ರಸೀದಿ ಆ್ಯಪ್‌ನಲ್ಲಿದೆ.' },
  refund_sent: {
    title: '{amount} ನಿಮಗೆ ಮರಳಿ ಬರುತ್ತಿದೆ',
    body: '{from} → {to}, {time}. ಬ್ಯಾಂಕಿಗೆ ಕೆಲವು ದಿನ ಬೇಕಾಗಬಹುದು.',
  },
  refund_failed: {
    title: '{amount} ಇನ್ನೂ ಮರಳಿಸಲು ಆಗಿಲ್ಲ',
    body: '{from} → {to}, {time}. ನಾವು ನೋಡಿಕೊಳ್ಳುತ್ತಿದ್ದೇವೆ: ನೀವು ಏನೂ ಮಾಡಬೇಕಿಲ್ಲ.',
  },
  payout_paid: { title: 'ನಿಮಗೆ {amount} ಪಾವತಿಸಲಾಗಿದೆ', body: 'ನೀವು ಹಿಂಪಡೆದ ಹಣವನ್ನು ನಿಮ್ಮ ಖಾತೆಗೆ ಕಳುಹಿಸಲಾಗಿದೆ.' },
  payout_failed: {
    title: 'ನಿಮಗೆ {amount} ಪಾವತಿಸಲು ಆಗಲಿಲ್ಲ',
    body: 'ಹಣ ನಿಮ್ಮ ವಾಲೆಟ್‌ಗೆ ಮರಳಿದೆ. ವಿವರಗಳನ್ನು ಪರಿಶೀಲಿಸಿ ಮತ್ತೆ ಪ್ರಯತ್ನಿಸಿ.',
  },
  payout_waiting: { title: '{amount} ಹಿಂಪಡೆಯುವ ಕೋರಿಕೆ ಕಾಯುತ್ತಿದೆ', body: 'ಅನುಮೋದಿಸಿ, ಅಥವಾ ನೀವೇ ಪಾವತಿಸಿ.' },
  announcement: { title: '{title}', body: '{body}' },
  offer: { title: '{title}', body: '{body}' },
}
