import type { Texts } from '../text.ts'

export const ta: Texts = {
  someone: 'ஒருவர்',
  somewhere: 'உங்கள் பயணம்',
  booking_requested: {
    title: '{name} இருக்கை கேட்கிறார்',
    body: '{from} → {to}, {time}. விரைவில் பதிலளிக்கவும்: இருக்கை சிறிது நேரம் மட்டுமே ஒதுக்கப்பட்டுள்ளது.',
  },
  booking_made: { title: '{name} முன்பதிவு செய்துள்ளார்', body: '{from} → {to}, {time}' },
  booking_withdrawn: {
    title: '{name} ரத்து செய்துள்ளார்',
    body: '{from} → {to}, {time}. இருக்கைகள் மீண்டும் காலியாக உள்ளன.',
  },
  booking_confirmed: { title: 'உங்கள் இருக்கை உறுதியானது', body: '{from} → {to}, {time}' },
  booking_rejected: { title: 'உங்கள் கோரிக்கை ஏற்கப்படவில்லை', body: '{from} → {to}, {time}. வேறு பயணத்தைத் தேடவும்.' },
  booking_expired: {
    title: 'உங்கள் கோரிக்கைக்குப் பதில் வரவில்லை',
    body: '{from} → {to}, {time}. வேறு பயணத்தைத் தேடவும்.',
  },
  marked_absent: {
    title: 'நீங்கள் வரவில்லை எனக் குறிக்கப்பட்டுள்ளது',
    body: '{from} → {to}, {time}. இது தவறானால் எங்களிடம் தெரிவிக்கவும்.',
  },
  seats_offered: {
    title: 'உங்களுக்கு ஓர் இருக்கை உள்ளது',
    body: '{from} → {to}, {time}. சில நிமிடங்கள் மட்டுமே: இப்போதே எடுத்துக்கொள்ளவும்.',
  },
  ride_changed: { title: 'உங்கள் பயணம் மாறியுள்ளது', body: '{from} → {to}, {time}. கட்டணமின்றி ரத்து செய்யலாம்.' },
  ride_cancelled: {
    title: 'உங்கள் பயணம் ரத்தானது',
    body: '{from} → {to}, {time}. நீங்கள் செலுத்திய பணம் திரும்பக் கிடைக்கும்.',
  },
  ride_started: { title: '{name} புறப்பட்டுவிட்டார்', body: '{from} → {to}. செயலியில் காரைப் பின்தொடரவும்.' },
  review_due: { title: '{name} உடனான பயணம் எப்படி இருந்தது?', body: '{from} → {to}. எப்படி இருந்தது எனச் சொல்லவும்.' },
  review_visible: { title: 'உங்களுக்குப் புதிய மதிப்புரை', body: '{from} → {to} பயணம் பற்றி {name} எழுதியுள்ளார்.' },
  document_expiring: {
    title: 'ஓர் ஆவணம் விரைவில் காலாவதியாகும்',
    body: 'தொடர்ந்து ஓட்ட, புதியதை உரிய நேரத்தில் அளிக்கவும்.',
  },
  document_rejected: { title: 'ஓர் ஆவணம் ஏற்கப்படவில்லை', body: 'காரணத்தைப் பார்த்து மீண்டும் அளிக்கவும்.' },
  chat_message: { title: '{name} அனுப்பிய புதிய செய்தி', body: 'படிக்க உரையாடலைத் திறக்கவும்.' },
  sos_raised: { title: 'உதவிக்கான அழைப்பு', body: 'ஒருவர் SOS அனுப்பியுள்ளார். இப்போதே கவனிக்கவும்.' },
  sos_acknowledged: { title: 'உங்களுக்கு உதவி வருகிறது', body: 'எங்கள் குழு உங்கள் SOS-ஐப் பார்த்துவிட்டது.' },
  ride_found: { title: 'உங்கள் தேடலுக்கு ஒரு பயணம்', body: '{from} → {to}, {time}' },
  passenger_found: { title: 'உங்களுடையதைப் போன்ற பயணத்தை ஒருவர் தேடுகிறார்', body: '{from} → {to}, {time}' },
  payment_missed: {
    title: 'உங்கள் இருக்கைகளுக்கு உரிய நேரத்தில் பணம் வரவில்லை',
    body: '{from} → {to}, {time}. அவை மீண்டும் காலியாக உள்ளன. பணம் பிடிக்கப்பட்டிருந்தால் திரும்ப வரும்.',
  },
  payment_received: {
    title: 'நீங்கள் {amount} செலுத்தியுள்ளீர்கள்',
    body: '{from} → {to}, {time}. ரசீது செயலியில் உள்ளது.',
  },
  refund_sent: {
    title: '{amount} உங்களுக்குத் திரும்ப வருகிறது',
    body: '{from} → {to}, {time}. வங்கிக்குச் சில நாட்கள் ஆகலாம்.',
  },
  refund_failed: {
    title: '{amount} இன்னும் திருப்பி அனுப்பப்படவில்லை',
    body: '{from} → {to}, {time}. நாங்கள் கவனித்துக்கொள்கிறோம்: நீங்கள் எதுவும் செய்ய வேண்டாம்.',
  },
  payout_paid: {
    title: 'உங்களுக்கு {amount} செலுத்தப்பட்டது',
    body: 'நீங்கள் எடுத்த பணம் உங்கள் கணக்கிற்கு அனுப்பப்பட்டது.',
  },
  payout_failed: {
    title: 'உங்களுக்கு {amount} செலுத்த முடியவில்லை',
    body: 'பணம் உங்கள் வாலட்டில் திரும்ப உள்ளது. விவரங்களைச் சரிபார்த்து மீண்டும் முயலவும்.',
  },
  payout_waiting: {
    title: '{amount} எடுக்கும் கோரிக்கை காத்திருக்கிறது',
    body: 'ஒப்புதல் அளிக்கவும், அல்லது நீங்களே செலுத்தவும்.',
  },
  announcement: { title: '{title}', body: '{body}' },
  offer: { title: '{title}', body: '{body}' },
}
