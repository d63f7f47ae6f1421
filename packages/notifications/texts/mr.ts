import type { Texts } from '../text.ts'

export const mr: Texts = {
  someone: 'कोणीतरी',
  somewhere: 'तुमचा प्रवास',
  booking_requested: {
    title: '{name} यांनी सीट मागितली आहे',
    body: '{from} → {to}, {time}. लवकर उत्तर द्या: सीट थोडाच वेळ राखली आहे.',
  },
  booking_made: { title: '{name} यांनी बुकिंग केले आहे', body: '{from} → {to}, {time}' },
  booking_withdrawn: { title: '{name} यांनी रद्द केले आहे', body: '{from} → {to}, {time}. सीट पुन्हा मोकळ्या आहेत.' },
  booking_confirmed: { title: 'तुमची सीट निश्चित झाली', body: '{from} → {to}, {time}' },
  booking_rejected: { title: 'तुमची विनंती नाकारली गेली', body: '{from} → {to}, {time}. दुसरा प्रवास शोधा.' },
  booking_expired: { title: 'तुमच्या विनंतीला उत्तर आले नाही', body: '{from} → {to}, {time}. दुसरा प्रवास शोधा.' },
  marked_absent: {
    title: 'तुम्ही आला नाहीत अशी नोंद झाली',
    body: '{from} → {to}, {time}. हे चूक असल्यास आम्हाला कळवा.',
  },
  seats_offered: {
    title: 'तुमच्यासाठी एक सीट मोकळी आहे',
    body: '{from} → {to}, {time}. काही मिनिटेच राखली आहे: आत्ताच घ्या.',
  },
  ride_changed: { title: 'तुमचा प्रवास बदलला आहे', body: '{from} → {to}, {time}. तुम्ही विनाशुल्क रद्द करू शकता.' },
  ride_cancelled: { title: 'तुमचा प्रवास रद्द झाला', body: '{from} → {to}, {time}. तुम्ही दिलेले पैसे परत मिळतील.' },
  ride_started: { title: '{name} निघाले आहेत', body: '{from} → {to}. ॲपमध्ये गाडी पाहा.' },
  review_due: { title: '{name} यांच्यासोबतचा प्रवास कसा होता?', body: '{from} → {to}. कसा होता ते सांगा.' },
  review_visible: {
    title: 'तुमच्याबद्दल नवा अभिप्राय आला आहे',
    body: '{from} → {to} प्रवासाबद्दल {name} यांनी लिहिले आहे.',
  },
  document_expiring: { title: 'एका कागदपत्राची मुदत लवकरच संपेल', body: 'गाडी चालवत राहण्यासाठी नवे वेळेवर द्या.' },
  document_rejected: { title: 'एक कागदपत्र स्वीकारले गेले नाही', body: 'कारण पाहा आणि पुन्हा द्या.' },
  chat_message: { title: '{name} यांचा नवा संदेश', body: 'वाचण्यासाठी संभाषण उघडा.' },
  sos_raised: { title: 'मदतीची हाक', body: 'कोणीतरी SOS पाठवला आहे. आत्ताच लक्ष द्या.' },
  sos_acknowledged: { title: 'तुम्हाला मदत मिळत आहे', body: 'आमच्या टीमने तुमचा SOS पाहिला आहे.' },
  ride_found: { title: 'तुमच्या शोधासाठी एक प्रवास', body: '{from} → {to}, {time}' },
  passenger_found: { title: 'तुमच्यासारखा प्रवास कोणीतरी शोधत आहे', body: '{from} → {to}, {time}' },
  payment_missed: {
    title: 'तुमच्या सीटचे पैसे वेळेत मिळाले नाहीत',
    body: '{from} → {to}, {time}. सीट पुन्हा मोकळ्या आहेत. पैसे कापले गेले असतील तर परत येतील.',
  },
  payment_received: { title: 'तुम्ही {amount} भरले आहेत', body: '{from} → {to}, {time}. पावती ॲपमध्ये आहे.' },
  refund_sent: {
    title: '{amount} तुम्हाला परत येत आहेत',
    body: '{from} → {to}, {time}. बँकेला काही दिवस लागू शकतात.',
  },
  refund_failed: {
    title: '{amount} अजून परत पाठवता आले नाहीत',
    body: '{from} → {to}, {time}. आम्ही लक्ष देत आहोत: तुम्हाला काही करायचे नाही.',
  },
  payout_paid: { title: 'तुम्हाला {amount} दिले गेले', body: 'तुम्ही काढलेले पैसे तुमच्या खात्याकडे पाठवले आहेत.' },
  payout_failed: {
    title: 'तुम्हाला {amount} देता आले नाहीत',
    body: 'पैसे तुमच्या वॉलेटमध्ये परत आले आहेत. तपशील तपासा आणि पुन्हा प्रयत्न करा.',
  },
  payout_waiting: { title: '{amount} काढण्याची विनंती प्रतीक्षेत आहे', body: 'मंजूर करा, किंवा स्वतः पैसे द्या.' },
  announcement: { title: '{title}', body: '{body}' },
  offer: { title: '{title}', body: '{body}' },
}
