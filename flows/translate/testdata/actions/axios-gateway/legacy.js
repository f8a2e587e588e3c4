const axios = require('axios');

exports.onExecuteSendPhoneMessage = async (event, api) => {
  const { text, recipient } = event.message_options;
  await axios.post(
    event.secrets.GATEWAY_URL,
    { to: recipient, message: text, reference: event.user.user_id },
    {
      headers: { 'x-api-key': event.secrets.GATEWAY_KEY },
      timeout: 8000,
    }
  );
};
