const FROM = '+15550100199';

exports.onExecuteSendPhoneMessage = async (event, api) => {
  const client = require('twilio')(event.secrets.SID, event.secrets.TOKEN);
  await client.messages.create({
    from: FROM,
    to: event.message_options.recipient,
    body: event.message_options.text,
  });
};
