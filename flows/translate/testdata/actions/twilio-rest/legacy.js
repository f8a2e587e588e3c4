const twilio = require('twilio');

/**
 * Sends the second factor from the number of the support desk.
 *
 * @param {Event} event
 * @param {SendPhoneMessageAPI} api
 */
exports.onExecuteSendPhoneMessage = async (event, api) => {
  const client = twilio(event.secrets.TWILIO_ACCOUNT_SID, event.secrets.TWILIO_AUTH_TOKEN);

  await client.messages.create({
    from: event.secrets.TWILIO_FROM,
    to: event.message_options.recipient,
    body: event.message_options.text,
  });
};
