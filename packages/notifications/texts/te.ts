import type { Texts } from '../text.ts'

export const te: Texts = {
  someone: 'ఒకరు',
  somewhere: 'మీ ప్రయాణం',
  booking_requested: {
    title: '{name} సీటు అడుగుతున్నారు',
    body: '{from} → {to}, {time}. త్వరగా స్పందించండి: సీటు కొద్దిసేపు మాత్రమే ఉంచబడింది.',
  },
  booking_made: { title: '{name} బుక్ చేశారు', body: '{from} → {to}, {time}' },
  booking_withdrawn: { title: '{name} రద్దు చేశారు', body: '{from} → {to}, {time}. సీట్లు మళ్ళీ ఖాళీగా ఉన్నాయి.' },
  booking_confirmed: { title: 'మీ సీటు ఖరారైంది', body: '{from} → {to}, {time}' },
  booking_rejected: { title: 'మీ అభ్యర్థన తిరస్కరించబడింది', body: '{from} → {to}, {time}. మరో ప్రయాణం వెతకండి.' },
  booking_expired: { title: 'మీ అభ్యర్థనకు జవాబు రాలేదు', body: '{from} → {to}, {time}. మరో ప్రయాణం వెతకండి.' },
  marked_absent: { title: 'మీరు రాలేదని నమోదైంది', body: '{from} → {to}, {time}. ఇది తప్పైతే మాకు చెప్పండి.' },
  seats_offered: {
    title: 'మీ కోసం ఒక సీటు ఖాళీగా ఉంది',
    body: '{from} → {to}, {time}. కొన్ని నిమిషాలే ఉంచుతాం: ఇప్పుడే తీసుకోండి.',
  },
  ride_changed: { title: 'మీ ప్రయాణం మారింది', body: '{from} → {to}, {time}. మీరు రుసుము లేకుండా రద్దు చేసుకోవచ్చు.' },
  ride_cancelled: { title: 'మీ ప్రయాణం రద్దైంది', body: '{from} → {to}, {time}. మీరు చెల్లించిన డబ్బు తిరిగి వస్తుంది.' },
  ride_started: { title: '{name} బయలుదేరారు', body: '{from} → {to}. యాప్‌లో కారును చూడండి.' },
  review_due: { title: '{name} తో ప్రయాణం ఎలా ఉంది?', body: '{from} → {to}. ఎలా ఉందో చెప్పండి.' },
  review_visible: { title: 'మీకు కొత్త సమీక్ష వచ్చింది', body: '{from} → {to} ప్రయాణం గురించి {name} రాశారు.' },
  document_expiring: { title: 'ఒక పత్రం గడువు త్వరలో ముగుస్తుంది', body: 'డ్రైవింగ్ కొనసాగించడానికి కొత్తది సమయానికి ఇవ్వండి.' },
  document_rejected: { title: 'ఒక పత్రం ఆమోదం పొందలేదు', body: 'కారణం చూసి మళ్ళీ ఇవ్వండి.' },
  chat_message: { title: '{name} నుండి కొత్త సందేశం', body: 'చదవడానికి సంభాషణను తెరవండి.' },
  sos_raised: { title: 'సహాయం కోసం పిలుపు', body: 'ఒకరు SOS పంపారు. ఇప్పుడే స్పందించండి.' },
  sos_acknowledged: { title: 'మీకు సహాయం అందుతోంది', body: 'మా బృందం మీ SOS చూసింది.' },
  ride_found: { title: 'మీ వెతుకులాటకు ఒక ప్రయాణం', body: '{from} → {to}, {time}' },
  passenger_found: { title: 'మీలాంటి ప్రయాణం కోసం ఒకరు వెతుకుతున్నారు', body: '{from} → {to}, {time}' },
  announcement: { title: '{title}', body: '{body}' },
  offer: { title: '{title}', body: '{body}' },
}
