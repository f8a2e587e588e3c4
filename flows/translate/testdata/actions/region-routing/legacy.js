const twilio = require('twilio');

const EUROPE = ['+43', '+49', '+41', '+33', '+31'];
const BLOCKED = ['+882', '+883'];

async function viaTwilio(secrets, to, body) {
  const client = twilio(secrets.TWILIO_SID, secrets.TWILIO_TOKEN);
  return client.messages.create({ to, from: secrets.TWILIO_FROM, body });
}

async function viaEurope(secrets, to, body) {
  const res = await fetch(secrets.EU_GATEWAY, {
    method: 'POST',
    headers: { authorization: `Bearer ${secrets.EU_TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify({ to, body }),
  });
  if (!res.ok) throw new Error(`EU gateway: ${res.status}`);
}

exports.onExecuteSendPhoneMessage = async (event, api) => {
  const { recipient, text } = event.message_options;
  const startsWith = (prefix) => recipient.startsWith(prefix);

  if (BLOCKED.some(startsWith)) throw new Error('satellite phones are not served');
  const send = EUROPE.some(startsWith) ? viaEurope : viaTwilio;
  await send(event.secrets, recipient, text);
};
