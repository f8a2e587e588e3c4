const twilio = require('twilio');

exports.onExecuteSendPhoneMessage = async (event) => {
  const { recipient, text, secrets } = event;
  const client = twilio(secrets.SID, secrets.TOKEN);
  await client.messages.create({ to: recipient, from: secrets.FROM, body: text });
};
