const twilio = require('twilio');

exports.onExecuteSendPhoneMessage = async (event, api) => {
  process.env.TWILIO_ACCOUNT_SID = event.secrets.TWILIO_SID;
  process.env.TWILIO_AUTH_TOKEN = event.secrets.TWILIO_AUTH_TOKEN;
  const from = process.env.SMS_FROM || '+15550100123';

  const client = twilio(process.env.TWILIO_ACCOUNT_SID, process.env.TWILIO_AUTH_TOKEN);
  await client.messages.create({ from, to: event.message_options.recipient, body: event.message_options.text });
};
