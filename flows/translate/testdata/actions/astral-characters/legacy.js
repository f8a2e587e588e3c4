/* 🔐 Login-Codes · Größe ≤ 160 Zeichen · 認証コード */
const PREFIX = '🔐👩‍💻 ';

exports.onExecuteSendPhoneMessage = async (event, api) => { /* 📱 */ const to = event.message_options.recipient;
  await fetch(event.secrets.URL, { method: 'POST', body: JSON.stringify({ to, text: PREFIX + event.message_options.text + ' ✅' }) });
};
