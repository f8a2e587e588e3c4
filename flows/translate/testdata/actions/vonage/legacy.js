const { Vonage } = require('@vonage/server-sdk');

exports.onExecuteSendPhoneMessage = async (event, api) => {
  const vonage = new Vonage({
    apiKey: event.secrets.VONAGE_API_KEY,
    apiSecret: event.secrets.VONAGE_API_SECRET,
  });

  const message = event.message_options;
  const to = message.recipient.replace(/^\+/, '');
  const result = await vonage.sms.send({ to, from: event.secrets.VONAGE_BRAND, text: message.text });

  const [first] = result.messages;
  if (first.status !== '0') {
    throw new Error(`Vonage refused the message: ${first['error-text']}`);
  }
};
