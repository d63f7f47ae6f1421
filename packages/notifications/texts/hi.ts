import type { Texts } from '../text.ts'

export const hi: Texts = {
  someone: 'कोई',
  somewhere: 'आपकी यात्रा',
  booking_requested: {
    title: '{name} ने सीट माँगी है',
    body: '{from} → {to}, {time}। जल्दी जवाब दें: सीट थोड़ी देर ही रोकी गई है।',
  },
  booking_made: { title: '{name} ने बुकिंग की है', body: '{from} → {to}, {time}' },
  booking_withdrawn: { title: '{name} ने बुकिंग रद्द की', body: '{from} → {to}, {time}। सीटें फिर खाली हैं।' },
  booking_confirmed: { title: 'आपकी सीट पक्की है', body: '{from} → {to}, {time}' },
  booking_rejected: { title: 'आपका अनुरोध अस्वीकार हुआ', body: '{from} → {to}, {time}। कोई और यात्रा खोजें।' },
  booking_expired: { title: 'आपके अनुरोध का जवाब नहीं आया', body: '{from} → {to}, {time}। कोई और यात्रा खोजें।' },
  marked_absent: { title: 'आपको अनुपस्थित बताया गया', body: '{from} → {to}, {time}। यह ग़लत हो तो हमें बताएँ।' },
  seats_offered: {
    title: 'आपके लिए एक सीट खाली है',
    body: '{from} → {to}, {time}। कुछ मिनट ही रोकी गई है: अभी लें।',
  },
  ride_changed: { title: 'आपकी यात्रा बदल गई है', body: '{from} → {to}, {time}। आप बिना शुल्क रद्द कर सकते हैं।' },
  ride_cancelled: { title: 'आपकी यात्रा रद्द हो गई', body: '{from} → {to}, {time}। आपका दिया पैसा वापस मिलेगा।' },
  ride_started: { title: '{name} निकल चुके हैं', body: '{from} → {to}। ऐप में गाड़ी देखें।' },
  review_due: { title: '{name} के साथ यात्रा कैसी रही?', body: '{from} → {to}। बताएँ कैसी रही।' },
  review_visible: { title: 'आपकी नई समीक्षा आई है', body: '{name} ने {from} → {to} यात्रा के बारे में लिखा है।' },
  document_expiring: { title: 'एक दस्तावेज़ जल्द समाप्त होगा', body: 'गाड़ी चलाते रहने के लिए समय पर नया जमा करें।' },
  document_rejected: { title: 'एक दस्तावेज़ स्वीकार नहीं हुआ', body: 'कारण देखें और फिर से जमा करें।' },
  chat_message: { title: '{name} का नया संदेश', body: 'पढ़ने के लिए बातचीत खोलें।' },
  sos_raised: { title: 'मदद की पुकार', body: 'किसी ने SOS भेजा है। अभी सँभालें।' },
  sos_acknowledged: { title: 'हम आपकी मदद कर रहे हैं', body: 'हमारी टीम ने आपका SOS देख लिया है।' },
  ride_found: { title: 'आपकी खोज के लिए एक यात्रा', body: '{from} → {to}, {time}' },
  passenger_found: { title: 'कोई आप जैसी यात्रा खोज रहा है', body: '{from} → {to}, {time}' },
  announcement: { title: '{title}', body: '{body}' },
  offer: { title: '{title}', body: '{body}' },
}
